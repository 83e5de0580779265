package shop;

class Main {
  public static void main(String[] args) {
    String answer = String.valueOf(new Padding().pad("abcdef", 4));
    if (!answer.equals("abcdef")) {
      throw new AssertionError("wrong answer: " + answer);
    }
  }
}
