package shop;

class Main {
  public static void main(String[] args) {
    share(1, 1);
  }

  static int share(int part, int all) {
    if (all == 0) {
      return 0;
    }
    return part / all / (part - all);
  }
}
