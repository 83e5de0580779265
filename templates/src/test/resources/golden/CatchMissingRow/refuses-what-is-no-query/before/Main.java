package shop;

import java.util.Iterator;
import java.util.List;

class Main {
  public static void main(String[] args) {
    first(List.<String>of().iterator());
  }

  static String first(Iterator<String> names) {
    return names.next();
  }
}
