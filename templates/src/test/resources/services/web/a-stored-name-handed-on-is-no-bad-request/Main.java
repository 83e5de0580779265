package shop;

class Main {
  public static void main(String[] args) {
    if (!new Customers().initials(1).equals("AB")) {
      throw new AssertionError("two words");
    }
    // what is in the database is not the client's fault
    if (new Customers().initials(2).length() > 1) {
      throw new AssertionError("one word");
    }
  }
}
