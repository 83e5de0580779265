package shop;

class Main {
  public static void main(String[] args) {
    name(5);
  }

  static String name(Object event) {
    return ((String) event).trim();
  }
}
