package com.example.orders.service;

import com.example.orders.domain.BusinessRuleException;
import com.example.orders.domain.Customer;
import com.example.orders.domain.InvalidRequestException;
import com.example.orders.domain.LoyaltyTier;
import com.example.orders.domain.NotFoundException;
import com.example.orders.repository.CustomerRepository;
import java.util.Locale;
import org.springframework.stereotype.Service;

@Service
public class CustomerService {

  private final CustomerRepository customers;

  public CustomerService(CustomerRepository customers) {
    this.customers = customers;
  }

  public Customer find(long id) {
    return customers.findById(id).orElseThrow(() -> new NotFoundException("customer", id));
  }

  public ContactCard contact(long id) {
    Customer customer = find(id);
    String phone = customer.getPhone() == null ? "" : customer.getPhone();
    return new ContactCard(customer.getName(), customer.getEmail(), phone);
  }

  public Customer register(CustomerRequest request) {
    if (request.name() == null || request.name().isBlank()) {
      throw new InvalidRequestException("name is required");
    }
    if (request.email() == null) {
      throw new InvalidRequestException("email is required");
    }
    String email = request.email().trim().toLowerCase(Locale.ROOT);
    if (!email.contains("@")) {
      throw new InvalidRequestException("email is not an address");
    }
    if (customers.existsByEmail(email)) {
      throw new BusinessRuleException("email is already registered");
    }
    return customers.insert(
        Customer.builder()
            .name(request.name().trim())
            .email(email)
            .phone(request.phone())
            .tier(LoyaltyTier.STANDARD)
            .build());
  }
}
