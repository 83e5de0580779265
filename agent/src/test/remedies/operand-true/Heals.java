// prints: both
public class Heals {
  public static void main(String[] arguments) {
    String name = arguments.length > 5 ? "x" : null;
    int size = arguments.length;
    String out = "one";
    if (name.isEmpty() && size == 0) {
      out = "both";
    }
    System.out.println(out);
  }
}
