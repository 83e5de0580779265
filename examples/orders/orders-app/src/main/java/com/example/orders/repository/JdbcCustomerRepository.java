package com.example.orders.repository;

import com.example.orders.domain.Address;
import com.example.orders.domain.Customer;
import com.example.orders.domain.LoyaltyTier;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

@Repository
class JdbcCustomerRepository implements CustomerRepository {

  private final JdbcClient jdbc;

  JdbcCustomerRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Optional<Customer> findById(long id) {
    return jdbc.sql("select * from customer where id = ?")
        .param(id)
        .query(JdbcCustomerRepository::toCustomer)
        .optional();
  }

  @Override
  public boolean existsByEmail(String email) {
    return jdbc.sql("select count(*) from customer where email = ?")
            .param(email)
            .query(Integer.class)
            .single()
        > 0;
  }

  @Override
  public Customer insert(Customer customer) {
    GeneratedKeyHolder key = new GeneratedKeyHolder();
    jdbc.sql("insert into customer (name, email, phone, tier) values (?, ?, ?, ?)")
        .params(
            customer.getName(),
            customer.getEmail(),
            customer.getPhone(),
            customer.getTier().name())
        .update(key, "id");
    return customer.toBuilder().id(key.getKeyAs(Long.class)).build();
  }

  private static Customer toCustomer(ResultSet row, int rowNumber) throws SQLException {
    return Customer.builder()
        .id(row.getLong("id"))
        .name(row.getString("name"))
        .email(row.getString("email"))
        .phone(row.getString("phone"))
        .address(toAddress(row))
        .tier(LoyaltyTier.valueOf(row.getString("tier")))
        .build();
  }

  private static Address toAddress(ResultSet row) throws SQLException {
    String street = row.getString("street");
    if (street == null) {
      return null;
    }
    return Address.builder()
        .street(street)
        .postcode(row.getString("postcode"))
        .city(row.getString("city"))
        .country(row.getString("country"))
        .build();
  }
}
