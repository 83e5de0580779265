package shop;

class Main {
  public static void main(String[] args) {
    try {
      new ReportController().report("yesterday");
    } catch (InvalidRequestException e) {
      if (!"invalid from: yesterday".equals(e.getMessage())) {
        throw new AssertionError("wrong message: " + e.getMessage());
      }
      return;
    }
    throw new AssertionError("nothing was refused");
  }
}
