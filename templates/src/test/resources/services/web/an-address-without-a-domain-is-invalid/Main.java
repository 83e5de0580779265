package shop;

class Main {
  public static void main(String[] args) {
    if (!new Mails().domain("a@b").equals("b")) {
      throw new AssertionError("a domain");
    }
    try {
      new Mails().domain("ab");
    } catch (InvalidRequestException e) {
      return;
    }
    throw new AssertionError("nothing was refused");
  }
}
