// raises: java.lang.UnsupportedOperationException
// because an iterator cannot be copied
public class Refuses {
  public static void main(String[] arguments) {
    java.util.Iterator<Integer> numbers = java.util.List.of(1, 2).iterator();
    numbers.next();
    numbers.remove();
    System.out.println("removed");
  }
}
