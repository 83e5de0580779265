package shop;

class Main {
  public static void main(String[] args) {
    sum(1, null);
  }

  static int sum(Integer amount, Integer tax) {
    if (amount == null) {
      return 0;
    }
    return amount + tax;
  }
}
