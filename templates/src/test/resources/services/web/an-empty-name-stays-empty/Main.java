package shop;

class Main {
  public static void main(String[] args) {
    String answer = String.valueOf("[" + new Names().capitalize("") + "]");
    if (!answer.equals("[]")) {
      throw new AssertionError("wrong answer: " + answer);
    }
  }
}
