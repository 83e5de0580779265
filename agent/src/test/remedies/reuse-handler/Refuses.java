// raises: java.lang.NullPointerException
// because the handler is for anything
public class Refuses {
  public static void main(String[] arguments) {
    System.out.println(port(arguments.length > 5 ? "x" : null));
  }

  static String port(String text) {
    try {
      int length = text.length();
      return "port " + length;
    } catch (RuntimeException e) {
      throw e;
    }
  }
}
