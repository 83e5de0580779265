package shop;

class Main {
  public static void main(String[] args) {
    String answer = String.valueOf(new Carts().sweep());
    if (!answer.equals("1")) {
      throw new AssertionError("wrong answer: " + answer);
    }
  }
}
