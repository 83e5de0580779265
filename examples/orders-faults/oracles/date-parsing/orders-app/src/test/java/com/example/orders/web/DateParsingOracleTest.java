package com.example.orders.web;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.example.orders.domain.DailySales;
import com.example.orders.report.NightlySalesReport;
import com.example.orders.report.SalesReports;
import java.time.LocalDate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

class DateParsingOracleTest {

  private final SalesReports reports = mock(SalesReports.class);
  private final MockMvc mvc =
      MockMvcBuilders.standaloneSetup(new ReportController(reports, mock(NightlySalesReport.class)))
          .setControllerAdvice(new ApiErrors())
          .build();

  @BeforeEach
  void oneOrderADay() {
    when(reports.salesOn(any()))
        .thenAnswer(call -> new DailySales(call.getArgument(0, LocalDate.class), 1, 500));
  }

  @Test
  void refusesADayThatDoesNotExist() throws Exception {
    mvc.perform(get("/api/reports/sales").param("day", "2024-02-30"))
        .andExpect(status().isBadRequest())
        .andExpect(jsonPath("$.error").value("invalid_request"));
  }

  @Test
  void refusesWhatIsNoDate() throws Exception {
    mvc.perform(get("/api/reports/sales").param("day", "yesterday"))
        .andExpect(status().isBadRequest());
    mvc.perform(get("/api/reports/sales").param("day", "03.05.2024"))
        .andExpect(status().isBadRequest());
  }

  @Test
  void stillReportsAnyOtherDay() throws Exception {
    mvc.perform(get("/api/reports/sales").param("day", "2024-02-29"))
        .andExpect(status().isOk())
        .andExpect(jsonPath("$.orders").value(1));
  }
}
