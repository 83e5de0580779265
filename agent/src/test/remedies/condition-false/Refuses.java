// raises: java.lang.NullPointerException
// because the failing statement decides nothing
public class Refuses {
  public static void main(String[] arguments) {
    java.util.Map<String, Integer> counts = new java.util.HashMap<>();
    int count = counts.get("a");
    System.out.println(count);
  }
}
