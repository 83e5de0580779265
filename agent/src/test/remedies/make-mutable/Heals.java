// prints: [1, 2, 3]
public class Heals {
  public static void main(String[] arguments) {
    java.util.List<Integer> numbers = java.util.List.of(1, 2);
    numbers.add(3);
    System.out.println(numbers);
  }
}
