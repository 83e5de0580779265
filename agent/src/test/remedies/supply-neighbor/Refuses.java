// raises: java.lang.NullPointerException
// because no other element is there
public class Refuses {
  public static void main(String[] arguments) {
    String[] words = {null, null};
    int middle = 1;
    int length = words[middle].length();
    System.out.println(length);
  }
}
