package shop;

class Main {
  public static void main(String[] args) {
    price(null);
  }

  static int price(String label) {
    return length(label);
  }

  static int length(String text) {
    return text.length();
  }
}
