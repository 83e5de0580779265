package shop;

class Main {
  public static void main(String[] args) {
    limit(new Object());
  }

  static long limit(Object value) {
    return (Long) value;
  }
}
