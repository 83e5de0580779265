package dev.fettle.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One statement with its parameters. Immutable. */
record Sql(String text, List<Object> parameters) {
  /** Reads one row. */
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  static Sql of(String text, Object... parameters) {
    return new Sql(text, List.of(parameters));
  }

  /** Rows changed. */
  int update(Connection connection) throws SQLException {
    try (PreparedStatement statement = prepare(connection)) {
      return statement.executeUpdate();
    }
  }

  <T> List<T> list(Connection connection, Row<T> row) throws SQLException {
    try (PreparedStatement statement = prepare(connection);
        ResultSet rows = statement.executeQuery()) {
      List<T> found = new ArrayList<>();
      while (rows.next()) {
        found.add(row.read(rows));
      }
      return found;
    }
  }

  <T> Optional<T> first(Connection connection, Row<T> row) throws SQLException {
    return list(connection, row).stream().findFirst();
  }

  /** The first column of the first row; 0 without a row. */
  long number(Connection connection) throws SQLException {
    return first(connection, r -> r.getLong(1)).orElse(0L);
  }

  /** From the column {@code at}, to the nanosecond. */
  static Instant instant(ResultSet row) throws SQLException {
    return Instant.parse(row.getString("at"));
  }

  private PreparedStatement prepare(Connection connection) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(text);
    for (int i = 0; i < parameters.size(); i++) {
      statement.setObject(i + 1, parameters.get(i));
    }
    return statement;
  }
}
