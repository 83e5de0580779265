// prints: even
public class Heals {
  public static void main(String[] arguments) {
    java.util.Map<String, Integer> counts = new java.util.HashMap<>();
    String out = "even";
    if (counts.get("a") == 1) {
      out = "odd";
    }
    System.out.println(out);
  }
}
