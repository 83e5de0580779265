package shop;

class Main {
  public static void main(String[] args) {
    blanks(-1);
  }

  static char[] blanks(int width) {
    return (char[]) java.lang.reflect.Array.newInstance(char.class, width);
  }
}
