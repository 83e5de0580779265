// prints: second
public class Heals {
  public static void main(String[] arguments) {
    String name = arguments.length > 5 ? "x" : null;
    int size = arguments.length;
    String out = "neither";
    if (name.isEmpty() || size == 0) {
      out = "second";
    }
    System.out.println(out);
  }
}
