// prints: bad port
public class Heals {
  public static void main(String[] arguments) {
    System.out.println(port(arguments.length > 5 ? "x" : null));
  }

  static String port(String text) {
    try {
      int length = text.length();
      return "port " + Integer.parseInt(text) + length;
    } catch (NumberFormatException e) {
      return "bad port";
    }
  }
}
