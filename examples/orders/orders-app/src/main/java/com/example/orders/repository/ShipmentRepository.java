package com.example.orders.repository;

import com.example.orders.domain.Shipment;
import java.util.Optional;

public interface ShipmentRepository {

  Optional<Shipment> findByOrder(long orderId);
}
