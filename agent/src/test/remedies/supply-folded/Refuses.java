// raises: java.lang.ArrayIndexOutOfBoundsException
// because a blank has no other case
public class Refuses {
  public static void main(String[] arguments) {
    int[] counts = new int[26];
    for (char c : "a a".toCharArray()) {
      counts[c - 'a']++;
    }
    System.out.println(counts[0]);
  }
}
