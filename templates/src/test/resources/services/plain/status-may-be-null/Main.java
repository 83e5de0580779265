package shop;

class Main {
  public static void main(String[] args) {
    String answer = String.valueOf(new Tickets().open(new Ticket(null)));
    if (!answer.equals("false")) {
      throw new AssertionError("wrong answer: " + answer);
    }
  }
}
