package shop;

import java.util.Collections;
import java.util.List;

class Store {
  List<Integer> all() {
    return List.of(2, 1);
  }
}

class Board {
  private final Store store = new Store();

  List<Integer> ranked() {
    List<Integer> all = store.all();
    Collections.sort(all);
    return all;
  }
}
