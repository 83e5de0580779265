package com.example.orders.repository;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.stereotype.Repository;

@Repository
class JdbcGiftCardRepository implements GiftCardRepository {

  private final DataSource dataSource;

  JdbcGiftCardRepository(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  @Override
  public OptionalLong balanceOf(String code) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement query =
            connection.prepareStatement("select balance_cents from gift_card where code = ?")) {
      query.setString(1, code);
      try (ResultSet rows = query.executeQuery()) {
        return rows.next() ? OptionalLong.of(rows.getLong(1)) : OptionalLong.empty();
      }
    } catch (SQLException e) {
      throw new DataAccessResourceFailureException("cannot read the gift card", e);
    }
  }
}
