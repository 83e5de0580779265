package shop;

class Main {
  public static void main(String[] args) {
    try {
      new Notes().text(4L);
    } catch (MissingException e) {
      if (!"note not found: 4".equals(e.getMessage())) {
        throw new AssertionError("wrong message: " + e.getMessage());
      }
      return;
    }
    throw new AssertionError("nothing was refused");
  }
}
