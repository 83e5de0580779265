package com.example.orders.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.when;

import com.example.orders.domain.BusinessRuleException;
import com.example.orders.domain.Customer;
import com.example.orders.domain.InvalidRequestException;
import com.example.orders.domain.LoyaltyTier;
import com.example.orders.domain.NotFoundException;
import com.example.orders.repository.CustomerRepository;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mockito.InjectMocks;
import org.mockito.Mock;
import org.mockito.junit.jupiter.MockitoExtension;

@ExtendWith(MockitoExtension.class)
class CustomerServiceTest {

  @Mock private CustomerRepository customers;
  @InjectMocks private CustomerService service;

  private final Customer ada =
      Customer.builder().id(1).name("Ada Brook").email("ada@example.org").phone("123").build();

  @Test
  void findsACustomer() {
    when(customers.findById(1)).thenReturn(Optional.of(ada));

    assertThat(service.find(1)).isEqualTo(ada);
  }

  @Test
  void reportsAnUnknownCustomer() {
    when(customers.findById(2)).thenReturn(Optional.empty());

    assertThatThrownBy(() -> service.find(2))
        .isInstanceOf(NotFoundException.class)
        .hasMessage("customer 2 not found");
  }

  @Test
  void showsTheContactOfACustomer() {
    when(customers.findById(1)).thenReturn(Optional.of(ada));

    assertThat(service.contact(1)).isEqualTo(new ContactCard("Ada Brook", "ada@example.org", "123"));
  }

  @Test
  void leavesAMissingPhoneBlank() {
    when(customers.findById(1)).thenReturn(Optional.of(ada.toBuilder().phone(null).build()));

    assertThat(service.contact(1).phone()).isEmpty();
  }

  @Test
  void registersWithALowerCaseEmail() {
    when(customers.insert(any())).thenAnswer(call -> call.getArgument(0));

    Customer registered = service.register(new CustomerRequest(" Ida ", " Ida@Example.org ", null));

    assertThat(registered.getName()).isEqualTo("Ida");
    assertThat(registered.getEmail()).isEqualTo("ida@example.org");
    assertThat(registered.getTier()).isEqualTo(LoyaltyTier.STANDARD);
  }

  @Test
  void refusesACustomerWithoutName() {
    assertThatThrownBy(() -> service.register(new CustomerRequest(" ", "a@example.org", null)))
        .isInstanceOf(InvalidRequestException.class);
  }

  @Test
  void refusesWhatIsNoEmail() {
    assertThatThrownBy(() -> service.register(new CustomerRequest("Ida", "ida", null)))
        .isInstanceOf(InvalidRequestException.class);
  }

  @Test
  void refusesAnEmailThatIsTaken() {
    when(customers.existsByEmail("ada@example.org")).thenReturn(true);

    assertThatThrownBy(() -> service.register(new CustomerRequest("Ida", "ada@example.org", null)))
        .isInstanceOf(BusinessRuleException.class);
  }
}
