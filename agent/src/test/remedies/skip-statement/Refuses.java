// raises: java.lang.ArrayIndexOutOfBoundsException
// because a return has no next statement
public class Refuses {
  public static void main(String[] arguments) {
    System.out.println(sixth(arguments));
  }

  static String sixth(String[] words) {
    return words[5];
  }
}
