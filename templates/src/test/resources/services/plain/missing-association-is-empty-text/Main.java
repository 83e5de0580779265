package shop;

class Main {
  public static void main(String[] args) {
    String answer = String.valueOf(new LabelMapper().label(new Person("Ann", null, null)));
    if (!answer.equals("Ann//")) {
      throw new AssertionError("wrong answer: " + answer);
    }
  }
}
