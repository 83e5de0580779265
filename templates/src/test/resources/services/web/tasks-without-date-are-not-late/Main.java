package shop;

class Main {
  public static void main(String[] args) {
    String answer = String.valueOf(new Due().late(java.util.List.of(new Task(null))));
    if (!answer.equals("[]")) {
      throw new AssertionError("wrong answer: " + answer);
    }
  }
}
