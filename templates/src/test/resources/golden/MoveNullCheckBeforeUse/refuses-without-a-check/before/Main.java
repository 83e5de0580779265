package shop;

class Main {
  public static void main(String[] args) {
    name(null);
  }

  static String name(String raw) {
    String name = raw.trim();
    return name;
  }
}
