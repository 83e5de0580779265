package shop;

class Main {
  public static void main(String[] args) {
    transfer("FR2", "DE1");
  }

  static void transfer(String a, String b) {
    book(a, b);
  }

  static void book(String source, String target) {
    if (!source.startsWith("DE")) {
      throw new IllegalArgumentException("cannot take from " + source);
    }
  }
}
