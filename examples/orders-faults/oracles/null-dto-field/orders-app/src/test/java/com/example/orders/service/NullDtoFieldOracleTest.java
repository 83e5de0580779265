package com.example.orders.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.example.orders.domain.InvalidRequestException;
import com.example.orders.repository.CustomerRepository;
import org.junit.jupiter.api.Test;

class NullDtoFieldOracleTest {

  private final CustomerRepository customers = mock(CustomerRepository.class);
  private final CustomerService service = new CustomerService(customers);

  @Test
  void refusesACustomerWithoutEmail() {
    assertThatThrownBy(() -> service.register(new CustomerRequest("Hana", null, "123")))
        .isInstanceOf(InvalidRequestException.class);
    verify(customers, never()).insert(any());
  }

  @Test
  void stillRefusesABlankEmail() {
    assertThatThrownBy(() -> service.register(new CustomerRequest("Hana", "  ", null)))
        .isInstanceOf(InvalidRequestException.class);
  }

  @Test
  void stillRegistersWithoutPhone() {
    when(customers.insert(any())).thenAnswer(call -> call.getArgument(0));

    assertThat(service.register(new CustomerRequest("Hana", " Hana@Example.org", null)).getEmail())
        .isEqualTo("hana@example.org");
  }
}
