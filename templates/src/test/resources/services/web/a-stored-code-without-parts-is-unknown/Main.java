package shop;

class Main {
  public static void main(String[] args) {
    if (!new Tracking().cityOf(0).equals("Berlin")) {
      throw new AssertionError("a city");
    }
    if (!new Tracking().cityOf(1).equals("unknown")) {
      throw new AssertionError("no city");
    }
  }
}
