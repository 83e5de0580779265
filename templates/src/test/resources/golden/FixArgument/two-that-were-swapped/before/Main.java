package shop;

class Main {
  public static void main(String[] args) {
    transfer("DE1", "FR2");
  }

  static void transfer(String source, String target) {
    book(target, source);
  }

  static void book(String source, String target) {
    if (!source.startsWith("DE")) {
      throw new IllegalArgumentException("cannot take from " + source);
    }
  }
}
