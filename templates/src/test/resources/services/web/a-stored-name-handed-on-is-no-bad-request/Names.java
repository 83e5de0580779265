package shop;

import java.util.Map;

class Customers {
  private final Map<Long, Customer> known =
      Map.of(1L, new Customer(1, "Ada Brandt"), 2L, new Customer(2, "Bo"));
  private final Names names = new Names();

  String initials(long id) {
    Customer customer = known.get(id);
    if (customer == null) {
      throw new NotFoundException("customer", id);
    }
    return names.initials(customer.name());
  }

  void register(NewCustomerRequest request) {
    if (request.name() == null) {
      throw new InvalidRequestException("name is required");
    }
  }
}

record Customer(long id, String name) {}

record NewCustomerRequest(String name) {}

class Names {
  String initials(String name) {
    String[] words = name.split(" ");
    return words[0].substring(0, 1) + words[1].substring(0, 1);
  }
}
