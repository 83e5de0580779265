package shop;

class Main {
  public static void main(String[] args) {
    new Main().getName();
  }

  private final String name = "a";

  String getName() {
    return getName();
  }
}
