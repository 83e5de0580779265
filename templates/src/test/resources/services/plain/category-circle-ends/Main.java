package shop;

class Main {
  public static void main(String[] args) {
    String answer = String.valueOf(new Tree().depth(Tree.circle()));
    if (!answer.equals("2")) {
      throw new AssertionError("wrong answer: " + answer);
    }
  }
}
