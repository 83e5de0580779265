// raises: java.lang.NullPointerException
// because the condition has one operand
public class Refuses {
  public static void main(String[] arguments) {
    String name = arguments.length > 5 ? "x" : null;
    String out = "full";
    if (name.isEmpty()) {
      out = "empty";
    }
    System.out.println(out);
  }
}
