package shop;

class Main {
  public static void main(String[] args) {
    String answer = String.valueOf(new Shipping().cost(Method.OVERNIGHT));
    if (!answer.equals("20")) {
      throw new AssertionError("wrong answer: " + answer);
    }
  }
}
