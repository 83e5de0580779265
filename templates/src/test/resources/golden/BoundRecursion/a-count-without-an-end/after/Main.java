package shop;

class Main {
  public static void main(String[] args) {
    sum(3);
  }

  static int sum(int n) {
    if (n <= 0) {
      return 0;
    }
    return n + sum(n - 1);
  }
}
