// prints: a c
public class Heals {
  public static void main(String[] arguments) {
    StringBuilder out = new StringBuilder();
    out.append("a ");
    out.append(arguments[5]);
    out.append("c");
    System.out.println(out);
  }
}
