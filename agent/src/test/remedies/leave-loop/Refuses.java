// raises: java.lang.ArrayIndexOutOfBoundsException
// because the failing method has no loop
public class Refuses {
  public static void main(String[] arguments) {
    int[] numbers = {1, 2, 3};
    int sum = numbers[3];
    System.out.println(sum);
  }
}
