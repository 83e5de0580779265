package shop;

class Main {
  public static void main(String[] args) {
    String answer = String.valueOf(new Cost().total(java.util.List.of(new Item(java.math.BigDecimal.ONE, null))));
    if (!answer.equals("1")) {
      throw new AssertionError("wrong answer: " + answer);
    }
  }
}
