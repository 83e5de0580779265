package shop;

class Main {
  public static void main(String[] args) {
    length(null);
  }

  static int length(String text) {
    return text.length();
  }
}
