// raises: java.lang.NullPointerException
// because no other variable has the type
public class Refuses {
  public static void main(String[] arguments) {
    StringBuilder copy = arguments.length > 5 ? new StringBuilder() : null;
    int length = copy.length();
    System.out.println(length);
  }
}
