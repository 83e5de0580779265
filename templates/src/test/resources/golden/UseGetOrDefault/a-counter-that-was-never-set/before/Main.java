package shop;

class Main {
  public static void main(String[] args) {
    new Main().add("a");
  }

  private final java.util.Map<String, Integer> counts = new java.util.HashMap<>();

  int add(String key) {
    int next = counts.get(key) + 1;
    counts.put(key, next);
    return next;
  }
}
