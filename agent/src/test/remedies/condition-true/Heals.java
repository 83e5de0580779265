// prints: open
public class Heals {
  public static void main(String[] arguments) {
    java.util.Map<String, Integer> locks = new java.util.HashMap<>();
    String out = "shut";
    if (locks.get("door") == 0) {
      out = "open";
    }
    System.out.println(out);
  }
}
