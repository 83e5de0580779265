package shop;

import java.util.ArrayList;
import java.util.List;

class Main {
  public static void main(String[] args) {
    grow(new ArrayList<>(List.of("a", "b")));
  }

  static void grow(List<String> names) {
    for (String name : new ArrayList<>(names)) {
      var it = names.iterator();
      names.add(name);
      it.next();
    }
  }
}
