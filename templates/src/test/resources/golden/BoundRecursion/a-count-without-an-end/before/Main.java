package shop;

class Main {
  public static void main(String[] args) {
    sum(3);
  }

  static int sum(int n) {
    return n + sum(n - 1);
  }
}
