package shop;

class Main {
  public static void main(String[] args) {
    size("many");
  }

  static int size(String size) {
    try {
      return Integer.parseInt(size);
    } catch (NumberFormatException e) {
      throw e;
    }
  }
}
