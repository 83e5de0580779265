// prints: 3
public class Heals {
  public static void main(String[] arguments) {
    System.out.println(sum(new Integer[] {1, 2, null, 4}));
  }

  static int sum(Integer[] numbers) {
    int total = 0;
    for (Integer number : numbers) {
      total += number;
    }
    return total;
  }
}
