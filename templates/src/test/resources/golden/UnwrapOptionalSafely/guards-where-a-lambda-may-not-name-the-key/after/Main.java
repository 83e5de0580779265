package shop;

import java.util.Optional;

class Main {
  public static void main(String[] args) {
    city(" x");
  }

  static Optional<String> find(String name) {
    return Optional.empty();
  }

  static String zip(String name) {
    return find(name).orElseThrow(() -> new IllegalArgumentException("no zip " + name));
  }

  static String city(String name) {
    name = name.strip();
    Optional<String> optional = find(name);
    if (optional.isEmpty()) {
      throw new IllegalArgumentException("no zip " + name);
    }
    return optional.get();
  }
}
