// prints: 0
public class Heals {
  public static void main(String[] arguments) {
    System.out.println(words(arguments.length > 5 ? "x" : null).length);
  }

  static String[] words(String text) {
    return text.split(" ");
  }
}
