package shop;

import java.util.Map;

class Main {
  public static void main(String[] args) {
    try {
      new Scale().measure(1, Map.of("grams", java.util.List.of()));
    } catch (InvalidRequestException e) {
      return;
    }
    throw new AssertionError("nothing was refused");
  }
}
