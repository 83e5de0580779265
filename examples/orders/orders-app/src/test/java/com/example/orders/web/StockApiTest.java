package com.example.orders.web;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;

@ApiTest
class StockApiTest {

  @Autowired private MockMvc mvc;

  @Test
  void showsTheFullestWarehouse() throws Exception {
    mvc.perform(get("/api/stock/BAG-01/fullest"))
        .andExpect(status().isOk())
        .andExpect(jsonPath("$.warehouse").value("WEST"));
  }

  @Test
  void importsStock() throws Exception {
    mvc.perform(
            post("/api/imports/stock")
                .contentType(MediaType.valueOf("text/csv"))
                .content("BAG-01,EAST,40\nBAG-01,EAST\n"))
        .andExpect(status().isOk())
        .andExpect(jsonPath("$.imported").value(1))
        .andExpect(jsonPath("$.skipped").value(1));
  }

  @Test
  void importsPrices() throws Exception {
    mvc.perform(
            post("/api/imports/prices")
                .contentType(MediaType.valueOf("text/csv"))
                .content("sku;cents\nBAG-01;1390\n"))
        .andExpect(status().isOk())
        .andExpect(jsonPath("$.imported").value(1));
  }
}
