package shop;

class Main {
  public static void main(String[] args) {
    limit("many");
  }

  static int limit(String limit) {
    return Integer.parseInt(limit);
  }
}
