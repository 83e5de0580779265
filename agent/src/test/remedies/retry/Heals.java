// prints: third
public class Heals {
  static int calls;

  public static void main(String[] arguments) throws Exception {
    String answer = ask();
    System.out.println(answer);
  }

  static String ask() throws Exception {
    if (++calls < 2) {
      throw new java.util.concurrent.TimeoutException("busy");
    }
    return "third";
  }
}
