package com.example.orders.repository;

import com.example.orders.domain.Shipment;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcShipmentRepository implements ShipmentRepository {

  private final JdbcClient jdbc;

  JdbcShipmentRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Optional<Shipment> findByOrder(long orderId) {
    return jdbc.sql("select * from shipment where order_id = ?")
        .param(orderId)
        .query(JdbcShipmentRepository::toShipment)
        .optional();
  }

  private static Shipment toShipment(ResultSet row, int rowNumber) throws SQLException {
    Date deliveredOn = row.getDate("delivered_on");
    return Shipment.builder()
        .orderId(row.getLong("order_id"))
        .carrier(row.getString("carrier"))
        .trackingCode(row.getString("tracking_code"))
        .shippedOn(row.getDate("shipped_on").toLocalDate())
        .deliveredOn(deliveredOn == null ? null : deliveredOn.toLocalDate())
        .build();
  }
}
