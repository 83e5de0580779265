// prints: 4
public class Heals {
  public static void main(String[] arguments) {
    String[] words = {"left", null, "x"};
    int middle = 1;
    int length = words[middle].length();
    System.out.println(length);
  }
}
