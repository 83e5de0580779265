// prints: 3
public class Heals {
  public static void main(String[] arguments) {
    System.out.println(length("abc"));
  }

  static int length(String text) {
    String copy = null;
    int length = 0;
    while (length < copy.length()) {
      length++;
    }
    return length;
  }
}
