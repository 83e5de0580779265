package shop;

class Main {
  public static void main(String[] args) {
    String answer = String.valueOf(new Sums().total(java.util.List.of(new Line(2), new Line(null))));
    if (!answer.equals("2")) {
      throw new AssertionError("wrong answer: " + answer);
    }
  }
}
