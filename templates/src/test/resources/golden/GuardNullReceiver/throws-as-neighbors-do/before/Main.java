package shop;

class Main {
  public static void main(String[] args) {
    city("b");
  }

  static final java.util.Map<String, String> CITIES = new java.util.HashMap<>();

  static String zip(String name) {
    String zip = CITIES.get(name);
    if (zip == null) {
      throw new IllegalArgumentException("unknown zip " + name);
    }
    return zip;
  }

  static String city(String name) {
    String city = CITIES.get(name);
    return city.trim();
  }
}
