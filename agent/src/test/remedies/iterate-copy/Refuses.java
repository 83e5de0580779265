// raises: java.util.ConcurrentModificationException
// because no iteration failed: what was changed meanwhile is a view of a list
public class Refuses {
  public static void main(String[] arguments) {
    java.util.List<Integer> numbers = new java.util.ArrayList<>(java.util.List.of(1, 2, 3));
    java.util.List<Integer> view = numbers.subList(0, 2);
    numbers.add(4);
    int size = view.size();
    System.out.println(size);
  }
}
