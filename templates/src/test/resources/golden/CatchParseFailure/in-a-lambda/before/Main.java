package shop;

import java.util.List;

class Main {
  public static void main(String[] args) {
    new Sizes().sizes(List.of("1", "x"));
  }
}
