// prints: 0
public class Heals {
  public static void main(String[] arguments) {
    System.out.println(length(arguments.length > 5 ? "x" : null));
  }

  static int length(String text) {
    return text.length();
  }
}
