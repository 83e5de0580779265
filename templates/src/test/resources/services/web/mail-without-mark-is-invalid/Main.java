package shop;

class Main {
  public static void main(String[] args) {
    try {
      new Domains().domain("nobody");
    } catch (InvalidRequestException e) {
      if (!"invalid mail: nobody".equals(e.getMessage())) {
        throw new AssertionError("wrong message: " + e.getMessage());
      }
      return;
    }
    throw new AssertionError("nothing was refused");
  }
}
