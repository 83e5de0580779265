package shop;

import java.util.Arrays;

class Main {
  public static void main(String[] args) {
    new Names().addAll(Arrays.asList("Ann", null));
  }
}
