package shop;

class Main {
  public static void main(String[] args) {
    String answer = String.valueOf(new Pages().page(java.util.List.of("a", "b", "c"), 1, 2));
    if (!answer.equals("[c]")) {
      throw new AssertionError("wrong answer: " + answer);
    }
  }
}
