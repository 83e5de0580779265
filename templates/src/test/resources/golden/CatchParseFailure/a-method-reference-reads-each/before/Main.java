package shop;

class Main {
  public static void main(String[] args) {
    new Search().ids("1,x");
  }
}
