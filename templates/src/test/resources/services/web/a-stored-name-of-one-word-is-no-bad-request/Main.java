package shop;

class Main {
  public static void main(String[] args) {
    String initials = new Directory().initials(new Owner("Bob"));
    if (!initials.startsWith("B")) {
      throw new AssertionError("lost the name: " + initials);
    }
  }
}
