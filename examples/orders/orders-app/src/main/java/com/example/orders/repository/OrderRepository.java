package com.example.orders.repository;

import com.example.orders.domain.Order;
import com.example.orders.domain.OrderLine;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

public interface OrderRepository {

  Optional<Order> findById(long id);

  /** Newest first. */
  List<Order> findByCustomer(long customerId);

  /** Both days inclusive, oldest first. */
  List<Order> findPlacedBetween(LocalDate from, LocalDate to);

  Order insert(long customerId, LocalDate placedOn, List<OrderLine> lines);

  void updateStatus(long id, String status);
}
