package shop;

import java.util.ArrayList;
import java.util.List;

class Main {
  public static void main(String[] args) {
    sweep(new ArrayList<>(List.of("a", "b", "a")));
  }

  static void sweep(List<String> names) {
    for (String name : names) {
      if (name.equals("a")) {
        names.add("c");
        names.remove(name);
      }
    }
  }
}
