// prints: 1 2
public class Heals {
  public static void main(String[] arguments) {
    java.util.List<Integer> numbers = null;
    for (int i = 1; i < 3; i++) {
      numbers.add(i);
    }
    System.out.println(numbers.get(0) + " " + numbers.get(1));
  }
}
