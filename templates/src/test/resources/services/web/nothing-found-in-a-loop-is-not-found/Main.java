package shop;

class Main {
  public static void main(String[] args) {
    if (!new Catalog().longest("drama").equals("Faust")) {
      throw new AssertionError("the longest drama");
    }
    try {
      new Catalog().longest("zzz");
    } catch (NotFoundException e) {
      if (!e.getMessage().contains("zzz")) {
        throw new AssertionError("by which tag: " + e.getMessage());
      }
      return;
    }
    throw new AssertionError("nothing was found");
  }
}
