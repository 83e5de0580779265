// prints: 2 1
public class Heals {
  public static void main(String[] arguments) {
    int[] counts = new int[26];
    for (char c : "Aha".toCharArray()) {
      counts[c - 'a']++;
    }
    System.out.println(counts[0] + " " + counts['h' - 'a']);
  }
}
