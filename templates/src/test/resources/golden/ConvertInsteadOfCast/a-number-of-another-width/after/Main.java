package shop;

class Main {
  public static void main(String[] args) {
    limit(5);
  }

  static long limit(Object value) {
    return ((Number) value).longValue();
  }
}
