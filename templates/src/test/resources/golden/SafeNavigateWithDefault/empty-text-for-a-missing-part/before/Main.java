package shop;

class Main {
  public static void main(String[] args) {
    label(new Person("Ann", null, null));
  }

  static String label(Person p) {
    String phone = p.phone() == null ? "" : p.phone();
    return p.name() + phone + p.street().trim();
  }

  record Person(String name, String phone, String street) {}
}
