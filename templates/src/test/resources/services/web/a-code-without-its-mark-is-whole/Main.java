package shop;

class Main {
  public static void main(String[] args) {
    String group = new Shelf().group(new Book("9783"));
    if (!group.equals("9783")) {
      throw new AssertionError("another group: " + group);
    }
  }
}
