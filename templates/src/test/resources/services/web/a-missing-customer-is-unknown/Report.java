package shop;

import java.util.List;

record Customer(String name) {}

record Order(long id, Customer customer) {}

class Report {
  String header(Order order) {
    return order.customer() == null ? "unknown" : order.customer().name();
  }

  List<String> names(List<Order> orders) {
    return orders.stream().map(order -> order.customer().name()).toList();
  }
}
