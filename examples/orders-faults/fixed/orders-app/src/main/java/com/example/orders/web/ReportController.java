package com.example.orders.web;

import com.example.orders.domain.DailySales;
import com.example.orders.report.NightlySalesReport;
import com.example.orders.report.SalesReports;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/reports")
class ReportController {

  private final SalesReports reports;
  private final NightlySalesReport nightly;

  ReportController(SalesReports reports, NightlySalesReport nightly) {
    this.reports = reports;
    this.nightly = nightly;
  }

  @GetMapping("/sales")
  DailySales salesOn(@RequestParam String day) {
    return reports.salesOn(RequestDates.parse("day", day));
  }

  @GetMapping("/orders-per-day")
  int[] ordersPerDay(@RequestParam String from, @RequestParam String to) {
    return reports.ordersPerDay(RequestDates.parse("from", from), RequestDates.parse("to", to));
  }

  @GetMapping("/nightly")
  List<DailySales> nightly(@RequestParam(defaultValue = "7") int count) {
    return nightly.latest(count);
  }
}
