package shop;

import java.util.Optional;

class Main {
  public static void main(String[] args) {
    city("x");
  }

  static Optional<String> find(String key) {
    return Optional.empty();
  }

  static String zip(String key) {
    return find(key).orElseThrow(() -> new IllegalArgumentException("no zip " + key));
  }

  static String city(String key) {
    return find(key).orElseThrow(() -> new IllegalArgumentException("no zip " + key));
  }
}
