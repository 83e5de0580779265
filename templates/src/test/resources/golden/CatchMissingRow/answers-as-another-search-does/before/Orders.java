package shop;

import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.JdbcOperations;

class Orders {
  private static final String SELECT = "select number from orders where number = ?";

  private final JdbcOperations jdbc;
  private final Map<String, Customer> customers = new HashMap<>();

  Orders(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  Customer customer(String id) {
    Customer customer = customers.get(id);
    if (customer == null) {
      throw new NotFoundException("customer", id);
    }
    return customer;
  }

  Order order(String number) {
    return (Order) jdbc.queryForObject(SELECT, Order.class, number);
  }
}
