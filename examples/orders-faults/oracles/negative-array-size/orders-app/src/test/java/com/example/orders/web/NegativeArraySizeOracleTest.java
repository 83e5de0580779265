package com.example.orders.web;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.example.orders.domain.Order;
import com.example.orders.report.NightlySalesReport;
import com.example.orders.report.SalesReports;
import com.example.orders.repository.OrderRepository;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

class NegativeArraySizeOracleTest {

  private final OrderRepository orders = mock(OrderRepository.class);
  private final MockMvc mvc =
      MockMvcBuilders.standaloneSetup(
              new ReportController(new SalesReports(orders), mock(NightlySalesReport.class)))
          .setControllerAdvice(new ApiErrors())
          .build();

  @Test
  void refusesAnEndBeforeTheStart() throws Exception {
    ordersPerDay("2024-05-06", "2024-05-02")
        .andExpect(status().isBadRequest())
        .andExpect(jsonPath("$.error").value("invalid_request"));
    ordersPerDay("2024-05-06", "2023-05-06").andExpect(status().isBadRequest());
  }

  @Test
  void stillCountsASingleDay() throws Exception {
    ordersPerDay("2024-05-06", "2024-05-06")
        .andExpect(status().isOk())
        .andExpect(content().json("[0]"));
  }

  @Test
  void stillCountsTheOrdersOfEachDay() throws Exception {
    LocalDate from = LocalDate.of(2024, 5, 2);
    LocalDate to = LocalDate.of(2024, 5, 4);
    when(orders.findPlacedBetween(from, to))
        .thenReturn(List.of(Order.builder().placedOn(to).build()));

    ordersPerDay("2024-05-02", "2024-05-04")
        .andExpect(status().isOk())
        .andExpect(content().json("[0, 0, 1]"));
  }

  private ResultActions ordersPerDay(String from, String to) throws Exception {
    return mvc.perform(get("/api/reports/orders-per-day").param("from", from).param("to", to));
  }
}
