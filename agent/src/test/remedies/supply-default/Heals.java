// prints: 7
public class Heals {
  public static void main(String[] arguments) {
    java.util.Map<String, Integer> counts = new java.util.HashMap<>();
    int total = 7 + counts.get("a");
    System.out.println(total);
  }
}
