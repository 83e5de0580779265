package shop;

class Main {
  public static void main(String[] args) {
    user("nobody");
  }

  static String user(String mail) {
    return mail.substring(0, mail.indexOf('@'));
  }
}
