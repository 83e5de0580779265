package shop;

import java.util.Set;

class Main {
  public static void main(String[] args) {
    walk("a", Set.of());
  }

  static void walk(String node, Set<String> visited) {
    if (visited.contains(node)) {
      return;
    }
    walk(node + "x", visited);
  }
}
