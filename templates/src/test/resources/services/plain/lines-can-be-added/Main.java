package shop;

class Main {
  public static void main(String[] args) {
    String answer = String.valueOf(new Baskets().add(new Basket(java.util.List.of("a")), "b"));
    if (!answer.equals("[a, b]")) {
      throw new AssertionError("wrong answer: " + answer);
    }
  }
}
