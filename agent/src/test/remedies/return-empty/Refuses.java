// raises: java.lang.NullPointerException
// because a number is never empty
public class Refuses {
  public static void main(String[] arguments) {
    System.out.println(length(arguments.length > 5 ? "x" : null));
  }

  static int length(String text) {
    return text.length();
  }
}
