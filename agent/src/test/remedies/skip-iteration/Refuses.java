// raises: java.lang.NullPointerException
// because there is no loop
public class Refuses {
  public static void main(String[] arguments) {
    Integer number = arguments.length > 5 ? 1 : null;
    int value = number;
    System.out.println(value);
  }
}
