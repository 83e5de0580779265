package shop;

class Main {
  private static final int PER_BOX = 6;

  public static void main(String[] args) {
    boxes(7);
  }

  static int boxes(int items) {
    if (items == 0) {
      return 0;
    }
    return 1 + boxes(items - PER_BOX);
  }
}
