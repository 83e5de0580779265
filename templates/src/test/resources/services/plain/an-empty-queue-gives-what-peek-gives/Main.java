package shop;

class Main {
  public static void main(String[] args) {
    String answer = String.valueOf(new Queue().next());
    if (!answer.equals("none")) {
      throw new AssertionError("wrong answer: " + answer);
    }
  }
}
