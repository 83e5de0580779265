package shop;

class Main {
  public static void main(String[] args) {
    same(null, "a");
  }

  static boolean same(String a, String b) {
    return a.equals(b);
  }
}
