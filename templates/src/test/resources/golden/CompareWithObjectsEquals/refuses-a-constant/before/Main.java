package shop;

class Main {
  public static void main(String[] args) {
    open(null);
  }

  static boolean open(String status) {
    return status.equals("OPEN");
  }
}
