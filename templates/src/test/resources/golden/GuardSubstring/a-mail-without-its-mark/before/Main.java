package shop;

class Main {
  public static void main(String[] args) {
    user("nobody");
  }

  static String user(String mail) {
    int at = mail.indexOf('@');
    return mail.substring(0, at);
  }
}
