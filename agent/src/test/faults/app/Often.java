package app;

/** Throws what it expects more often than a thousand times a second. */
class Often {
  static int unexpected(int number) {
    int n = 4;
    n = Integer.parseInt("y" + number);
    return n;
  }

  /** What is thrown leaves a method, and is caught by its caller. */
  static int parsed(String text) {
    int value = Integer.parseInt(text);
    return value;
  }

  static String run(int times) {
    int caught = 0;
    for (int i = 0; i < times; i++) {
      try {
        caught += parsed("x");
      } catch (NumberFormatException e) {
        caught++;
      }
    }
    return caught == times ? "all" : "only " + caught;
  }
}
