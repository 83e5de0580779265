package com.example.orders.repository;

import com.example.orders.domain.StockLevel;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcStockRepository implements StockRepository {

  private final JdbcClient jdbc;

  JdbcStockRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public List<StockLevel> findBySku(String sku) {
    return jdbc.sql("select sku, warehouse, quantity, reserved from stock where sku = ? order by warehouse")
        .param(sku)
        .query((row, n) -> new StockLevel(row.getString(1), row.getString(2), row.getInt(3), row.getInt(4)))
        .list();
  }

  @Override
  public void setQuantity(String sku, String warehouse, int quantity) {
    int updated =
        jdbc.sql("update stock set quantity = ? where sku = ? and warehouse = ?")
            .params(quantity, sku, warehouse)
            .update();
    if (updated == 0) {
      jdbc.sql("insert into stock (sku, warehouse, quantity, reserved) values (?, ?, ?, 0)")
          .params(sku, warehouse, quantity)
          .update();
    }
  }

  @Override
  public void reserve(String sku, String warehouse, int quantity) {
    jdbc.sql("update stock set reserved = reserved + ? where sku = ? and warehouse = ?")
        .params(quantity, sku, warehouse)
        .update();
  }
}
