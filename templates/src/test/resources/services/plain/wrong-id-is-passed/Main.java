package shop;

class Main {
  public static void main(String[] args) {
    String answer = String.valueOf(new Billing().payer(new Bill(1, 5)));
    if (!answer.equals("Ann")) {
      throw new AssertionError("wrong answer: " + answer);
    }
  }
}
