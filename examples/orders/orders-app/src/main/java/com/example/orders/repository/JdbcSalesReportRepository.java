package com.example.orders.repository;

import com.example.orders.domain.DailySales;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

@Repository
class JdbcSalesReportRepository implements SalesReportRepository {

  private final JdbcTemplate jdbc;

  JdbcSalesReportRepository(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public void save(DailySales sales) {
    jdbc.update(
        "merge into sales_report (report_day, orders, total_cents) key (report_day) values (?, ?, ?)",
        sales.day(),
        sales.orders(),
        sales.totalCents());
  }

  @Override
  public List<DailySales> findLatest(int count) {
    return jdbc.query(
        "select report_day, orders, total_cents from sales_report order by report_day desc limit ?",
        (row, n) -> new DailySales(row.getDate(1).toLocalDate(), row.getInt(2), row.getLong(3)),
        count);
  }
}
