package shop;

import java.util.HashMap;
import java.util.Map;

record Order(long id, int total) {}

class Orders {
  private final Map<Long, Order> rows = new HashMap<>();

  Order find(long id) {
    return rows.get(id);
  }
}

class OrderService {
  private final Orders orders = new Orders();

  int total(long orderId) {
    Order order = orders.find(orderId);
    return order.total();
  }
}
