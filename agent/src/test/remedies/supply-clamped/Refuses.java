// raises: java.lang.ArrayIndexOutOfBoundsException
// because an empty array has no nearest element
public class Refuses {
  public static void main(String[] arguments) {
    String[] words = {};
    String word = words[0];
    System.out.println(word);
  }
}
