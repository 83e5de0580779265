package shop;

class Main {
  public static void main(String[] args) {
    new Main().length();
  }

  private String name;

  int length() {
    return name.length();
  }
}
