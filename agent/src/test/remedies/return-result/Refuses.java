// raises: java.lang.NullPointerException
// because the method returns an expression
public class Refuses {
  public static void main(String[] arguments) {
    System.out.println(twice(arguments.length > 5 ? 1 : null));
  }

  static int twice(Integer number) {
    int value = number;
    return 2 * value;
  }
}
