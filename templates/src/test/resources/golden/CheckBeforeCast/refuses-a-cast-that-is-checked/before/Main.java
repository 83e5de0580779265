package shop;

class Main {
  public static void main(String[] args) {
    name(5);
  }

  static String name(Object event) {
    if (!(event instanceof String)) {
      return (String) (Object) 7;
    }
    return ((String) event).trim();
  }
}
