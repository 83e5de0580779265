package shop;

class Main {
  public static void main(String[] args) {
    String answer = String.valueOf(new Stock().left("hat"));
    if (!answer.equals("-2")) {
      throw new AssertionError("wrong answer: " + answer);
    }
  }
}
