package com.example.orders.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.orders.domain.InvalidRequestException;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class RequestDatesTest {

  @Test
  void readsADate() {
    assertThat(RequestDates.parse("from", "2024-05-31")).isEqualTo(LocalDate.of(2024, 5, 31));
  }

  @Test
  void namesTheParameterThatIsNoDate() {
    assertThatThrownBy(() -> RequestDates.parse("from", "31.05.2024"))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageStartingWith("from");
  }
}
