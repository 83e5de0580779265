package shop;

class Main {
  public static void main(String[] args) {
    city("a");
  }

  static String city(String name) {
    if (name == null) {
      return "";
    }
    String other = null;
    return name.trim() + other.trim();
  }
}
