package com.example.orders.repository;

import com.example.orders.domain.Customer;
import java.util.Optional;

public interface CustomerRepository {

  Optional<Customer> findById(long id);

  boolean existsByEmail(String email);

  Customer insert(Customer customer);
}
