package shop;

import java.util.List;

class Main {
  public static void main(String[] args) {
    new Prices().amounts(List.of("A-1"));
  }
}

record Price(int amount) {}
