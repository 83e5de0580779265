package com.example.orders.web;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

@ApiTest
class NullAcrossMethodsOracleTest {

  @Autowired private MockMvc mvc;

  @Test
  void refusesAPriceInAnUnsupportedCurrency() throws Exception {
    mvc.perform(get("/api/products/BAG-01/price").param("currency", "JPY"))
        .andExpect(status().isBadRequest())
        .andExpect(jsonPath("$.error").value("invalid_request"));
  }

  @Test
  void stillRefusesAQuoteInAnUnsupportedCurrency() throws Exception {
    mvc.perform(get("/api/products/BAG-01/quote").param("quantity", "1").param("currency", "JPY"))
        .andExpect(status().isBadRequest())
        .andExpect(jsonPath("$.error").value("invalid_request"));
  }

  @Test
  void stillConvertsToASupportedCurrency() throws Exception {
    mvc.perform(get("/api/products/LMP-04/price").param("currency", "USD"))
        .andExpect(status().isOk())
        .andExpect(jsonPath("$.cents").value(6372));
  }

  @Test
  void stillReportsAnUnknownProduct() throws Exception {
    mvc.perform(get("/api/products/NOPE/price").param("currency", "USD"))
        .andExpect(status().isNotFound());
  }
}
