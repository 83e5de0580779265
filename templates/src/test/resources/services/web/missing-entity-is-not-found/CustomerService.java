package shop;

import java.util.HashMap;
import java.util.Map;

record Customer(long id, String name) {}

class Customers {
  private final Map<Long, Customer> rows = new HashMap<>();

  Customer find(long id) {
    return rows.get(id);
  }
}

class CustomerService {
  private final Customers customers = new Customers();

  String name(long customerId) {
    Customer customer = customers.find(customerId);
    if (customer == null) {
      throw new NotFoundException("customer", customerId);
    }
    return customer.name();
  }
}
