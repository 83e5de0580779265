// raises: java.lang.NullPointerException
// because nothing is known that could stand in for a thread
public class Refuses {
  public static void main(String[] arguments) {
    Thread thread = arguments.length > 5 ? new Thread() : null;
    String out = "[" + thread.getName() + "]";
    System.out.println(out);
  }
}
