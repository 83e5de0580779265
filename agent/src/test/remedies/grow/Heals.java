// prints: 8
public class Heals {
  public static void main(String[] arguments) {
    int n = 3;
    int[] powers = new int[n];
    powers[0] = 1;
    for (int i = 1; i <= n; i++) {
      powers[i] = 2 * powers[i - 1];
    }
    System.out.println(powers[n]);
  }
}
