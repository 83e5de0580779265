package shop;

class Main {
  public static void main(String[] args) {
    if (new Numbers().factorial(3) != 6 || new Numbers().factorial(0) != 1) {
      throw new AssertionError("the factorial");
    }
    try {
      new Numbers().factorial(-1);
    } catch (InvalidRequestException e) {
      return;
    }
    throw new AssertionError("nothing was refused");
  }
}
