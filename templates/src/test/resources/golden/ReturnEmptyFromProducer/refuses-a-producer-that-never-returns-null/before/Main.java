package shop;

class Main {
  public static void main(String[] args) {
    size("x");
  }

  static String name(String order) {
    String[] names = new String[1];
    return names[0];
  }

  static int size(String order) {
    return name(order).length();
  }
}
