package shop;

class Main {
  public static void main(String[] args) {
    String answer = String.valueOf(new PriceImport().load(java.util.List.of("hat;3", "cap;x", "tie;4")));
    if (!answer.equals("7")) {
      throw new AssertionError("wrong answer: " + answer);
    }
  }
}
