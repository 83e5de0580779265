package shop;

class Main {
  public static void main(String[] args) {
    String answer = String.valueOf(new Checkout().price(new Cart("NONE", 100)));
    if (!answer.equals("100")) {
      throw new AssertionError("wrong answer: " + answer);
    }
  }
}
