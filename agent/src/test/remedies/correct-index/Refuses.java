// raises: java.lang.ArrayIndexOutOfBoundsException
// because the index is a constant
public class Refuses {
  public static void main(String[] arguments) {
    int[] numbers = {1, 2, 3};
    int number = numbers[3];
    System.out.println(number);
  }
}
