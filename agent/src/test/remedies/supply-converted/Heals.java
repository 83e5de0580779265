// prints: 42
public class Heals {
  public static void main(String[] arguments) {
    Object value = arguments.length > 5 ? "x" : Long.valueOf(42);
    Integer number = (Integer) value;
    System.out.println(number);
  }
}
