package shop;

class Main {
  public static void main(String[] args) {
    try {
      new Search().by("BLUE");
    } catch (InvalidRequestException e) {
      if (!"invalid color: BLUE".equals(e.getMessage())) {
        throw new AssertionError("wrong message: " + e.getMessage());
      }
      return;
    }
    throw new AssertionError("nothing was refused");
  }
}
