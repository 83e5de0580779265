package com.example.orders.web;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

@ApiTest
class ShippingApiTest {

  @Autowired private MockMvc mvc;

  @Test
  void quotesShipping() throws Exception {
    mvc.perform(get("/api/shipping/quote").param("country", "de").param("grams", "900"))
        .andExpect(status().isOk())
        .andExpect(jsonPath("$.cents").value(470));
  }

  @Test
  void showsADeliveredShipment() throws Exception {
    mvc.perform(get("/api/shipping/orders/1001"))
        .andExpect(status().isOk())
        .andExpect(jsonPath("$.deliveredOn").value("2024-03-07"));
  }
}
