package shop;

class Main {
  public static void main(String[] args) {
    Greetings greetings = new Greetings();
    if (!greetings.greeting("de-CH").equals("Hallo")) {
      throw new AssertionError("in German");
    }
    if (!greetings.greeting(null).equals("Hello")) {
      throw new AssertionError("in English");
    }
  }
}
