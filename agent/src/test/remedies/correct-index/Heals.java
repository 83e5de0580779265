// prints: 6
public class Heals {
  public static void main(String[] arguments) {
    int[] numbers = {1, 2, 3};
    System.out.println(product(numbers));
  }

  static int product(int[] numbers) {
    int n = numbers.length;
    return numbers[n] * numbers[n - 1];
  }
}
