package shop;

class Main {
  public static void main(String[] args) {
    String answer = String.valueOf(new Attributes().limit(java.util.Map.of("limit", 5)));
    if (!answer.equals("5")) {
      throw new AssertionError("wrong answer: " + answer);
    }
  }
}
