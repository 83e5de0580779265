// raises: java.lang.NullPointerException
// because the failure is no transient one
public class Refuses {
  public static void main(String[] arguments) {
    String text = arguments.length > 5 ? "x" : null;
    int length = text.length();
    System.out.println(length);
  }
}
