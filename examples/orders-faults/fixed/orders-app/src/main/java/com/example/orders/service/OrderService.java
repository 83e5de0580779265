package com.example.orders.service;

import com.example.orders.domain.BusinessRuleException;
import com.example.orders.domain.Customer;
import com.example.orders.domain.InvalidRequestException;
import com.example.orders.domain.NotFoundException;
import com.example.orders.domain.Order;
import com.example.orders.domain.OrderLine;
import com.example.orders.domain.OrderStatus;
import com.example.orders.domain.Product;
import com.example.orders.repository.OrderRepository;
import com.example.orders.repository.ProductRepository;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
@Transactional
public class OrderService {

  private final OrderRepository orders;
  private final ProductRepository products;
  private final CustomerService customers;
  private final StockService stock;
  private final Clock clock;

  public OrderService(
      OrderRepository orders,
      ProductRepository products,
      CustomerService customers,
      StockService stock,
      Clock clock) {
    this.orders = orders;
    this.products = products;
    this.customers = customers;
    this.stock = stock;
    this.clock = clock;
  }

  @Transactional(readOnly = true)
  public Order find(long id) {
    return orders.findById(id).orElseThrow(() -> new NotFoundException("order", id));
  }

  @Transactional(readOnly = true)
  public List<Order> placedBetween(LocalDate from, LocalDate to) {
    if (from.isAfter(to)) {
      throw new InvalidRequestException("from must not be after to");
    }
    return orders.findPlacedBetween(from, to);
  }

  @Transactional(readOnly = true)
  public OrderSummary summary(long id) {
    Order order = find(id);
    Customer customer = customers.find(order.getCustomerId());
    return new OrderSummary(
        order.getId(),
        order.getStatus(),
        customer.getName(),
        customer.getPhone() == null ? "" : customer.getPhone(),
        customer.getAddress() == null ? "" : customer.getAddress().getCity().toUpperCase(),
        order.totalCents());
  }

  @Transactional(readOnly = true)
  public OrderLine line(long id, int number) {
    Order order = find(id);
    if (number < 1 || number > order.getLines().size()) {
      throw new NotFoundException("order line", id + "/" + number);
    }
    return order.getLines().get(number - 1);
  }

  @Transactional(readOnly = true)
  public OrderLine lineFor(long id, String sku) {
    return find(id).getLines().stream()
        .filter(line -> line.getSku().equals(sku))
        .findFirst()
        .orElseThrow(() -> new NotFoundException("order line", id + "/" + sku));
  }

  public Order place(OrderRequest request) {
    if (request.customer() == null) {
      throw new InvalidRequestException("customer is required");
    }
    if (request.items() == null || request.items().isEmpty()) {
      throw new InvalidRequestException("an order needs at least one item");
    }
    Customer customer = customers.find(request.customer());
    List<OrderLine> lines = new ArrayList<>();
    for (OrderRequest.Item item : request.items()) {
      lines.add(toLine(item));
    }
    for (OrderLine line : lines) {
      stock.reserve(line.getSku(), line.getQuantity());
    }
    return orders.insert(customer.getId(), LocalDate.now(clock), lines);
  }

  public Order advance(long id) {
    Order order = find(id);
    OrderStatus next;
    switch (order.getStatus()) {
      case NEW:
        next = OrderStatus.PAID;
        break;
      case PAID:
        next = OrderStatus.SHIPPED;
        break;
      case SHIPPED:
        next = OrderStatus.DELIVERED;
        break;
      default:
        throw new BusinessRuleException(
            "order " + id + " is " + order.getStatus() + " and cannot be advanced");
    }
    orders.updateStatus(id, next.name());
    return find(id);
  }

  public Order cancel(long id) {
    Order order = find(id);
    if (order.getStatus() != OrderStatus.NEW && order.getStatus() != OrderStatus.PAID) {
      throw new BusinessRuleException(
          "order " + id + " is " + order.getStatus() + " and cannot be cancelled");
    }
    orders.updateStatus(id, OrderStatus.CANCELLED.name());
    return find(id);
  }

  private OrderLine toLine(OrderRequest.Item item) {
    if (item.quantity() < 1) {
      throw new InvalidRequestException("quantity must be positive");
    }
    Product product =
        products
            .findBySku(item.sku())
            .orElseThrow(() -> new NotFoundException("product", item.sku()));
    return new OrderLine(product.getSku(), item.quantity(), product.getPriceCents());
  }
}
