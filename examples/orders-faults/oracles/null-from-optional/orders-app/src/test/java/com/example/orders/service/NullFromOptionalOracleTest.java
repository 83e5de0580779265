package com.example.orders.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.example.orders.domain.Customer;
import com.example.orders.domain.NotFoundException;
import com.example.orders.repository.CustomerRepository;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NullFromOptionalOracleTest {

  private final CustomerRepository customers = mock(CustomerRepository.class);
  private final CustomerService service = new CustomerService(customers);

  @Test
  void reportsAnUnknownCustomer() {
    when(customers.findById(9)).thenReturn(Optional.empty());

    assertThatThrownBy(() -> service.contact(9)).isInstanceOf(NotFoundException.class);
  }

  @Test
  void stillShowsAKnownCustomer() {
    Customer ada = Customer.builder().id(1).name("Ada").email("ada@example.org").phone("12").build();
    when(customers.findById(1)).thenReturn(Optional.of(ada));

    assertThat(service.contact(1)).isEqualTo(new ContactCard("Ada", "ada@example.org", "12"));
  }

  @Test
  void stillLeavesAMissingPhoneBlank() {
    Customer ada = Customer.builder().id(1).name("Ada").email("ada@example.org").build();
    when(customers.findById(1)).thenReturn(Optional.of(ada));

    assertThat(service.contact(1).phone()).isEmpty();
  }
}
