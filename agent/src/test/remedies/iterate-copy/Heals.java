// prints: [a, b, c]
public class Heals {
  public static void main(String[] arguments) {
    java.util.List<String> words =
        new java.util.ArrayList<>(java.util.List.of("a", "", "b", "", "c"));
    for (String word : words) {
      if (word.isEmpty()) {
        words.remove(word);
      }
    }
    System.out.println(words);
  }
}
