// prints: 1 3
public class Heals {
  public static void main(String[] arguments) {
    Integer[] numbers = {1, null, 3};
    String out = "";
    for (Integer number : numbers) {
      int value = number;
      out += value + " ";
    }
    System.out.println(out.strip());
  }
}
