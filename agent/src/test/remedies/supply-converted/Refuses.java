// raises: java.lang.ClassCastException
// because a list is no number
public class Refuses {
  public static void main(String[] arguments) {
    Object value = arguments.length > 5 ? "x" : java.util.List.of(1);
    Integer number = (Integer) value;
    System.out.println(number);
  }
}
