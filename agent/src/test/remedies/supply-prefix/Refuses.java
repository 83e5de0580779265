// raises: java.lang.NumberFormatException
// because the text begins with no number
public class Refuses {
  public static void main(String[] arguments) {
    int count = Integer.parseInt("many");
    System.out.println(count);
  }
}
