package com.example.orders.web;

import static org.mockito.Mockito.when;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.example.orders.domain.DailySales;
import com.example.orders.report.NightlySalesReport;
import com.example.orders.report.SalesReports;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.web.servlet.WebMvcTest;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.MockMvc;

@WebMvcTest(ReportController.class)
class ReportControllerTest {

  private static final LocalDate MAY_3 = LocalDate.of(2024, 5, 3);

  @Autowired private MockMvc mvc;
  @MockitoBean private SalesReports reports;
  @MockitoBean private NightlySalesReport nightly;

  @Test
  void showsTheSalesOfADay() throws Exception {
    when(reports.salesOn(MAY_3)).thenReturn(new DailySales(MAY_3, 2, 11970));

    mvc.perform(get("/api/reports/sales").param("day", "2024-05-03"))
        .andExpect(status().isOk())
        .andExpect(jsonPath("$.totalCents").value(11970));
  }

  @Test
  void showsTheOrdersPerDay() throws Exception {
    when(reports.ordersPerDay(MAY_3, MAY_3.plusDays(1))).thenReturn(new int[] {2, 0});

    mvc.perform(get("/api/reports/orders-per-day").param("from", "2024-05-03").param("to", "2024-05-04"))
        .andExpect(status().isOk())
        .andExpect(jsonPath("$[0]").value(2));
  }

  @Test
  void showsTheNightlyReports() throws Exception {
    when(nightly.latest(7)).thenReturn(List.of(new DailySales(MAY_3, 2, 11970)));

    mvc.perform(get("/api/reports/nightly"))
        .andExpect(status().isOk())
        .andExpect(jsonPath("$[0].day").value("2024-05-03"));
  }

  @Test
  void hidesTheCauseOfAnUnexpectedFailure() throws Exception {
    when(nightly.latest(3)).thenThrow(new IllegalStateException("secret"));

    mvc.perform(get("/api/reports/nightly").param("count", "3"))
        .andExpect(status().isInternalServerError())
        .andExpect(jsonPath("$.error").value("internal"))
        .andExpect(jsonPath("$.message").doesNotExist());
  }
}
