// raises: java.lang.IllegalStateException
// because a finally block must run first
public class Refuses {
  public static void main(String[] arguments) {
    System.out.println(length(arguments.length > 5 ? "x" : null));
  }

  static int length(String text) {
    int closed = 0;
    try {
      if (text == null) {
        throw new IllegalStateException("no text");
      }
      return text.length();
    } finally {
      closed++;
      System.out.println(closed);
    }
  }
}
