package shop;

class Main {
  public static void main(String[] args) {
    String answer = String.valueOf(new Report().sum(java.util.List.of("a", "x", "b")));
    if (!answer.equals("2")) {
      throw new AssertionError("wrong answer: " + answer);
    }
  }
}
