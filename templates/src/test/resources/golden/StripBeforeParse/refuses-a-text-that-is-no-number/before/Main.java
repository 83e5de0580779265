package shop;

class Main {
  public static void main(String[] args) {
    size("many");
  }

  static int size(String size) {
    return Integer.parseInt(size);
  }
}
