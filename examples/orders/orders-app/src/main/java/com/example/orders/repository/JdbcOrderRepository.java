package com.example.orders.repository;

import com.example.orders.domain.Order;
import com.example.orders.domain.OrderLine;
import com.example.orders.domain.OrderStatus;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

@Repository
class JdbcOrderRepository implements OrderRepository {

  private final JdbcClient jdbc;

  JdbcOrderRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Optional<Order> findById(long id) {
    return jdbc.sql("select * from purchase_order where id = ?")
        .param(id)
        .query(this::toOrder)
        .optional()
        .map(this::withLines);
  }

  @Override
  public List<Order> findByCustomer(long customerId) {
    return withLines(
        jdbc.sql("select * from purchase_order where customer_id = ? order by placed_on desc, id desc")
            .param(customerId)
            .query(this::toOrder)
            .list());
  }

  @Override
  public List<Order> findPlacedBetween(LocalDate from, LocalDate to) {
    return withLines(
        jdbc.sql("select * from purchase_order where placed_on between ? and ? order by placed_on, id")
            .params(from, to)
            .query(this::toOrder)
            .list());
  }

  @Override
  public Order insert(long customerId, LocalDate placedOn, List<OrderLine> lines) {
    GeneratedKeyHolder key = new GeneratedKeyHolder();
    jdbc.sql("insert into purchase_order (customer_id, status, placed_on) values (?, ?, ?)")
        .params(customerId, OrderStatus.NEW.name(), placedOn)
        .update(key, "id");
    long id = key.getKeyAs(Long.class);
    int position = 1;
    for (OrderLine line : lines) {
      jdbc.sql("insert into order_line (order_id, position, sku, quantity, unit_price_cents) values (?, ?, ?, ?, ?)")
          .params(id, position++, line.getSku(), line.getQuantity(), line.getUnitPriceCents())
          .update();
    }
    return findById(id).orElseThrow();
  }

  @Override
  public void updateStatus(long id, String status) {
    jdbc.sql("update purchase_order set status = ? where id = ?").params(status, id).update();
  }

  private List<Order> withLines(List<Order> orders) {
    return orders.stream().map(this::withLines).toList();
  }

  private Order withLines(Order order) {
    List<OrderLine> lines =
        jdbc.sql("select sku, quantity, unit_price_cents from order_line where order_id = ? order by position")
            .param(order.getId())
            .query((row, n) -> new OrderLine(row.getString(1), row.getInt(2), row.getLong(3)))
            .list();
    return order.toBuilder().lines(lines).build();
  }

  private Order toOrder(ResultSet row, int rowNumber) throws SQLException {
    Date paidOn = row.getDate("paid_on");
    return Order.builder()
        .id(row.getLong("id"))
        .customerId(row.getLong("customer_id"))
        .status(OrderStatus.valueOf(row.getString("status")))
        .placedOn(row.getDate("placed_on").toLocalDate())
        .paidOn(paidOn == null ? null : paidOn.toLocalDate())
        .couponCode(row.getString("coupon_code"))
        .build();
  }
}
