package shop;

class Main {
  public static void main(String[] args) {
    new Main().getName();
  }

  String getName() {
    return getName();
  }
}
