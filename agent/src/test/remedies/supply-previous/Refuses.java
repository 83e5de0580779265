// raises: java.lang.NumberFormatException
// because the variable had no value before
public class Refuses {
  public static void main(String[] arguments) {
    int port = Integer.parseInt("none");
    System.out.println(port);
  }
}
