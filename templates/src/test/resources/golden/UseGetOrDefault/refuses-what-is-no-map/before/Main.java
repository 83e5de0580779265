package shop;

class Main {
  public static void main(String[] args) {
    sum(null);
  }

  static int sum(Integer amount) {
    return amount + 1;
  }
}
