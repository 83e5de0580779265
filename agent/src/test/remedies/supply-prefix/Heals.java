// prints: 12
public class Heals {
  public static void main(String[] arguments) {
    int count = Integer.parseInt("12 items");
    System.out.println(count);
  }
}
