package shop;

class Main {
  public static void main(String[] args) {
    user("nobody");
  }

  static String user(String mail) {
    int at = mail.indexOf('@');
    return at < 0 ? mail : mail.substring(0, at);
  }
}
