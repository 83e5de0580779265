package shop;

class Main {
  public static void main(String[] args) {
    close(null);
  }

  static void close(StringBuilder log) {
    log.reverse();
  }
}
