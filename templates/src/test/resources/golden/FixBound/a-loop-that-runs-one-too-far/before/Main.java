package shop;

class Main {
  public static void main(String[] args) {
    sum(new int[] {1, 2});
  }

  static int sum(int[] values) {
    int sum = 0;
    for (int i = 0; i <= values.length; i++) {
      sum += values[i];
    }
    return sum;
  }
}
