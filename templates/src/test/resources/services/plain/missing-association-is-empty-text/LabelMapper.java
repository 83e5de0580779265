package shop;

record Address(String city) {}

record Person(String name, String phone, Address address) {}

class LabelMapper {
  String label(Person person) {
    String phone = person.phone() == null ? "" : person.phone();
    String city = person.address().city();
    return person.name() + "/" + phone + "/" + city;
  }
}
