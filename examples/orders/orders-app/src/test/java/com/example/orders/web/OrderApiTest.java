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
class OrderApiTest {

  @Autowired private MockMvc mvc;

  @Test
  void showsAnOrder() throws Exception {
    mvc.perform(get("/api/orders/1001"))
        .andExpect(status().isOk())
        .andExpect(jsonPath("$.placedOn").value("2024-03-04"))
        .andExpect(jsonPath("$.lines.length()").value(2));
  }

  @Test
  void summarizesAnOrder() throws Exception {
    mvc.perform(get("/api/orders/1001/summary"))
        .andExpect(status().isOk())
        .andExpect(jsonPath("$.city").value("BERLIN"));
  }

  @Test
  void placesAnOrder() throws Exception {
    mvc.perform(
            post("/api/orders")
                .contentType(MediaType.APPLICATION_JSON)
                .content("{\"customer\": 2, \"items\": [{\"sku\": \"PEN-06\", \"quantity\": 5}]}"))
        .andExpect(status().isCreated())
        .andExpect(jsonPath("$.status").value("NEW"));
  }

  @Test
  void answersUnprocessableWhenOutOfStock() throws Exception {
    mvc.perform(
            post("/api/orders")
                .contentType(MediaType.APPLICATION_JSON)
                .content("{\"customer\": 2, \"items\": [{\"sku\": \"TEA-08\", \"quantity\": 5}]}"))
        .andExpect(status().isUnprocessableEntity());
  }

  @Test
  void answersBadRequestForASearchWithoutDates() throws Exception {
    mvc.perform(get("/api/orders").param("from", "yesterday").param("to", "today"))
        .andExpect(status().isBadRequest())
        .andExpect(jsonPath("$.error").value("invalid_request"));
  }

  @Test
  void advancesAnOrder() throws Exception {
    mvc.perform(post("/api/orders/1003/advance"))
        .andExpect(status().isOk())
        .andExpect(jsonPath("$.status").value("PAID"));
  }

  @Test
  void tellsWhetherACouponWasApplied() throws Exception {
    mvc.perform(get("/api/orders/1003/coupon").param("code", "SPRING"))
        .andExpect(status().isOk())
        .andExpect(jsonPath("$.applied").value(true));
  }
}
