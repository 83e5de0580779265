package shop;

class Main {
  public static void main(String[] args) {
    String answer = String.valueOf(new Report().names(java.util.List.of(new Order(1, new Customer("Ann")), new Order(2, null))));
    if (!answer.equals("[Ann, unknown]")) {
      throw new AssertionError("wrong answer: " + answer);
    }
  }
}
