package shop;

class Main {
  public static void main(String[] args) {
    new Main().add("a");
  }

  private java.util.List<String> lines;

  void add(String line) {
    lines.add(line);
  }
}
