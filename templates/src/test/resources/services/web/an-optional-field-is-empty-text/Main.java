package shop;

class Main {
  public static void main(String[] args) {
    String answer = String.valueOf(new Orders().place(new OrderRequest("a", null, null)));
    if (!answer.equals("a//")) {
      throw new AssertionError("wrong answer: " + answer);
    }
  }
}
