package shop;

class Main {
  public static void main(String[] args) {
    check(new Account(null));
  }

  static String check(Account account) {
    if (account.plan().isEmpty()) {
      return "free";
    }
    return "paid";
  }

  record Account(String plan) {}
}
