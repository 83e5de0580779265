package shop;

class Main {
  public static void main(String[] args) {
    name(null);
  }

  static String name(String raw) {
    if (raw == null) {
      return "nobody";
    }
    String name = raw.trim();
    return name;
  }
}
