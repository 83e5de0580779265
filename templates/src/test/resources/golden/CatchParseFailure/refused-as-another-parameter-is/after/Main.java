package shop;

class Main {
  public static void main(String[] args) {
    size("many");
  }

  static int page(String page) {
    try {
      return Integer.parseInt(page);
    } catch (NumberFormatException e) {
      throw new IllegalStateException("invalid page: " + page);
    }
  }

  static int size(String size) {
    int parsed;
    try {
      parsed = Integer.parseInt(size);
    } catch (NumberFormatException e) {
      throw new IllegalStateException("invalid size: " + size);
    }
    return parsed * 2;
  }
}
