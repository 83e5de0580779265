// raises: java.lang.NullPointerException
// because adding to no list has no result
public class Refuses {
  public static void main(String[] arguments) {
    StringBuilder text = arguments.length > 5 ? new StringBuilder() : null;
    text.setLength(0);
    System.out.println(text);
  }
}
