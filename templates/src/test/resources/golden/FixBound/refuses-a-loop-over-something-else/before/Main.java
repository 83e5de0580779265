package shop;

class Main {
  public static void main(String[] args) {
    sum(new int[] {1, 2}, 3);
  }

  static int sum(int[] values, int n) {
    int sum = 0;
    for (int i = 0; i < n; i++) {
      sum += values[i];
    }
    return sum;
  }
}
