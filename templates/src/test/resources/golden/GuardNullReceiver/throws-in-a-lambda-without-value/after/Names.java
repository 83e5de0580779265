package shop;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

class Names {
  private final Set<String> names = new HashSet<>();

  void add(String name) {
    if (name == null) {
      throw new IllegalArgumentException("a name is required");
    }
    names.add(name.strip());
  }

  void addAll(List<String> all) {
    all.forEach(name -> {
      if (name == null) {
        throw new IllegalArgumentException("a name is required");
      }
      names.add(name.strip());
    });
  }
}
