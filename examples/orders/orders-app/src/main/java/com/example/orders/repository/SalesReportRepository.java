package com.example.orders.repository;

import com.example.orders.domain.DailySales;
import java.util.List;

public interface SalesReportRepository {

  void save(DailySales sales);

  /** Newest first. */
  List<DailySales> findLatest(int count);
}
