package shop;

import java.util.Objects;

class Main {
  public static void main(String[] args) {
    same(null, "a");
  }

  static boolean same(String a, String b) {
    return Objects.equals(a, b);
  }
}
