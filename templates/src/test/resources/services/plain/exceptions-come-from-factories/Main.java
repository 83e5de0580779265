package shop;

class Main {
  public static void main(String[] args) {
    try {
      new Rates().convert(7, "XXX");
    } catch (ApiException e) {
      if (e.status() != HttpStatus.BAD_REQUEST) {
        throw new AssertionError("answered with " + e.status());
      }
      if (!e.getMessage().contains("XXX")) {
        throw new AssertionError("says nothing of it: " + e.getMessage());
      }
      return;
    }
    throw new AssertionError("nothing was refused");
  }
}
