// prints: last
public class Heals {
  public static void main(String[] arguments) {
    String[] words = {"first", "last"};
    String word = words[words.length];
    System.out.println(word);
  }
}
