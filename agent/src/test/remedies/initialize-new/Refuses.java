// raises: java.lang.NullPointerException
// because a result is kept nowhere
public class Refuses {
  public static void main(String[] arguments) {
    java.util.Map<String, java.util.List<Integer>> map = new java.util.HashMap<>();
    map.get("a").add(1);
    System.out.println(map);
  }
}
