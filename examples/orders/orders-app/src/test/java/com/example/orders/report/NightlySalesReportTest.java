package com.example.orders.report;

import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.example.orders.domain.DailySales;
import com.example.orders.repository.SalesReportRepository;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mockito.Mock;
import org.mockito.junit.jupiter.MockitoExtension;

@ExtendWith(MockitoExtension.class)
class NightlySalesReportTest {

  @Mock private SalesReports reports;
  @Mock private SalesReportRepository saved;

  @Test
  void savesTheSalesOfYesterday() {
    Clock clock = Clock.fixed(Instant.parse("2024-05-04T02:15:00Z"), ZoneOffset.UTC);
    DailySales sales = new DailySales(LocalDate.of(2024, 5, 3), 2, 4600);
    when(reports.salesOn(LocalDate.of(2024, 5, 3))).thenReturn(sales);

    new NightlySalesReport(reports, saved, clock).writeYesterday();

    verify(saved).save(sales);
  }
}
