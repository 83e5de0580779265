package shop;

class Main {
  public static void main(String[] args) {
    teaser("short");
  }

  static String teaser(String text) {
    return text.substring(0, Math.min(20, text.length()));
  }
}
