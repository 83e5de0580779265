// raises: java.lang.ArrayIndexOutOfBoundsException
// because no array has an element before its first
public class Refuses {
  public static void main(String[] arguments) {
    int[] numbers = {1, 2, 3};
    int before = -1;
    numbers[before] = 4;
    System.out.println(numbers[0]);
  }
}
