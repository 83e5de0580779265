// prints: []
public class Heals {
  public static void main(String[] arguments) {
    String name = arguments.length > 5 ? "x" : null;
    String out = "[" + name.strip() + "]";
    System.out.println(out);
  }
}
