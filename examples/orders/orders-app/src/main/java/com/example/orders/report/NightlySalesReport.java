package com.example.orders.report;

import com.example.orders.domain.DailySales;
import com.example.orders.repository.SalesReportRepository;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

@Component
public class NightlySalesReport {

  private static final Logger log = LoggerFactory.getLogger(NightlySalesReport.class);

  private final SalesReports reports;
  private final SalesReportRepository saved;
  private final Clock clock;

  public NightlySalesReport(SalesReports reports, SalesReportRepository saved, Clock clock) {
    this.reports = reports;
    this.saved = saved;
    this.clock = clock;
  }

  @Scheduled(cron = "${orders.report.cron}")
  public void writeYesterday() {
    DailySales sales = reports.salesOn(LocalDate.now(clock).minusDays(1));
    saved.save(sales);
    log.info("saved the sales of {}: {} orders", sales.day(), sales.orders());
  }

  public List<DailySales> latest(int count) {
    return saved.findLatest(count);
  }
}
