package shop;

import java.util.ArrayList;

class Main {
  public static void main(String[] args) {
    new Main().add("a");
  }

  private java.util.List<String> lines = new ArrayList<>();

  void add(String line) {
    lines.add(line);
  }
}
