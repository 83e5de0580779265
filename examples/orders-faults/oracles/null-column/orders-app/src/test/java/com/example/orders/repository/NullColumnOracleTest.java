package com.example.orders.repository;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.orders.domain.Shipment;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.jdbc.JdbcTest;
import org.springframework.context.annotation.Import;

@JdbcTest
@Import(RepositoryTestConfiguration.class)
class NullColumnOracleTest {

  @Autowired private ShipmentRepository shipments;

  @Test
  void readsAShipmentThatIsOnItsWay() {
    Shipment shipment = shipments.findByOrder(1002).orElseThrow();

    assertThat(shipment.getDeliveredOn()).isNull();
    assertThat(shipment.getShippedOn()).isEqualTo(LocalDate.of(2024, 5, 4));
    assertThat(shipment.getTrackingCode()).isEqualTo("DE0062342");
  }

  @Test
  void stillReadsADeliveredShipment() {
    assertThat(shipments.findByOrder(1001).orElseThrow().getDeliveredOn())
        .isEqualTo(LocalDate.of(2024, 3, 7));
  }

  @Test
  void stillFindsNothingForAnOrderThatWasNotShipped() {
    assertThat(shipments.findByOrder(1003)).isEmpty();
  }
}
