// prints: abc
public class Heals {
  public static void main(String[] arguments) {
    System.out.println(trimmed(" abc "));
  }

  static String trimmed(String text) {
    String copy = null;
    String out = copy.strip();
    return out;
  }
}
