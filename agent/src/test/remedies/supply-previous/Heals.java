// prints: 5
public class Heals {
  public static void main(String[] arguments) {
    int port = 5;
    port = Integer.parseInt("none");
    System.out.println(port);
  }
}
