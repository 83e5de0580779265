package shop;

class Main {
  public static void main(String[] args) {
    name(null);
  }

  static String name(String raw) {
    String name = raw.trim();
    if (raw == null) {
      return "nobody";
    }
    return name;
  }
}
