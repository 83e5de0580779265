package shop;

class Main {
  public static void main(String[] args) {
    size(" 12");
  }

  static int size(String size) {
    return Integer.parseInt(size);
  }
}
