package shop;

class Main {
  public static void main(String[] args) {
    size("many");
  }

  static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  static int size(String size) {
    return Integer.parseInt(size);
  }
}
