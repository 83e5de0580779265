package shop;

class Main {
  public static void main(String[] args) {
    blanks(3, 5);
  }

  static char[] blanks(int width, int used) {
    return new char[Math.max(0, width - used)];
  }
}
