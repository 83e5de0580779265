package shop;

class Main {
  public static void main(String[] args) {
    if (!new Depots().depot("FR", "PAR").equals("Paris")) {
      throw new AssertionError("a known one");
    }
    try {
      new Depots().depot("IT", "ROM");
    } catch (NotFoundException e) {
      return;
    }
    throw new AssertionError("there is none");
  }
}
