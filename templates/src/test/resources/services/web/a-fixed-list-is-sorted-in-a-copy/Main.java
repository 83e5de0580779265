package shop;

class Main {
  public static void main(String[] args) {
    String answer = String.valueOf(new Board().ranked());
    if (!answer.equals("[1, 2]")) {
      throw new AssertionError("wrong answer: " + answer);
    }
  }
}
