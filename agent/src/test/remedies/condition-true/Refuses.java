// raises: java.lang.NullPointerException
// because the failing statement decides nothing
public class Refuses {
  public static void main(String[] arguments) {
    java.util.Map<String, Integer> locks = new java.util.HashMap<>();
    int count = locks.get("door");
    System.out.println(count);
  }
}
