// raises: java.lang.NullPointerException
// because a result is kept nowhere
public class Refuses {
  public static void main(String[] arguments) {
    numbers(arguments).add(1);
    System.out.println(arguments.length);
  }

  static java.util.List<Integer> numbers(String[] arguments) {
    return arguments.length > 5 ? new java.util.ArrayList<>() : null;
  }
}
