package com.example.orders.repository;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.stereotype.Repository;

@Repository
class JdbcExchangeRates implements ExchangeRates {

  private final DataSource dataSource;

  JdbcExchangeRates(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  @Override
  public boolean isSupported(String currency) {
    return rateFor(currency) != null;
  }

  @Override
  public BigDecimal rateFor(String currency) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement query =
            connection.prepareStatement("select rate from exchange_rate where currency = ?")) {
      query.setString(1, currency);
      try (ResultSet rows = query.executeQuery()) {
        return rows.next() ? rows.getBigDecimal(1) : null;
      }
    } catch (SQLException e) {
      throw new DataAccessResourceFailureException("cannot read the exchange rate", e);
    }
  }
}
