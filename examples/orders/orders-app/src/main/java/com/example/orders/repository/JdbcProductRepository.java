package com.example.orders.repository;

import com.example.orders.domain.Product;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

@Repository
class JdbcProductRepository implements ProductRepository {

  private static final String COLUMNS = "sku, name, price_cents, reorder_level";

  private final JdbcTemplate jdbc;

  JdbcProductRepository(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Optional<Product> findBySku(String sku) {
    return jdbc
        .query(
            "select " + COLUMNS + " from product where sku = ?",
            JdbcProductRepository::toProduct,
            sku)
        .stream()
        .findFirst();
  }

  @Override
  public List<Product> findAll() {
    return jdbc.query(
        "select " + COLUMNS + " from product order by sku", JdbcProductRepository::toProduct);
  }

  @Override
  public void updatePrice(String sku, long priceCents) {
    jdbc.update("update product set price_cents = ? where sku = ?", priceCents, sku);
  }

  private static Product toProduct(ResultSet row, int rowNumber) throws SQLException {
    return Product.builder()
        .sku(row.getString("sku"))
        .name(row.getString("name"))
        .priceCents(row.getLong("price_cents"))
        .reorderLevel(row.getObject("reorder_level", Integer.class))
        .build();
  }
}
