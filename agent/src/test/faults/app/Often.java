package app;

/** Throws what it expects more often than a thousand times a second. */
class Often {
  static int unexpected(int number) {
    int n = 4;
    n = Integer.parseInt("y" + number);
    return n;
  }

  static String run(int times) {
    int caught = 0;
    for (int i = 0; i < times; i++) {
      try {
        caught += Integer.parseInt("x");
      } catch (NumberFormatException e) {
        caught++;
      }
    }
    return caught == times ? "all" : "only " + caught;
  }
}
