package shop;

import java.util.List;

class Pages {
  List<String> page(List<String> all, int page, int size) {
    int from = page * size;
    return all.subList(from, from + size);
  }
}
