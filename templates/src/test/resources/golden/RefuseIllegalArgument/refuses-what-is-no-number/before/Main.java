package shop;

class Main {
  public static void main(String[] args) {
    charset("?");
  }

  static String charset(String name) {
    return java.nio.charset.Charset.forName(name).displayName();
  }
}
