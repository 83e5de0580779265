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
class CheckoutApiTest {

  @Autowired private MockMvc mvc;

  @Test
  void checksACart() throws Exception {
    mvc.perform(
            post("/api/carts/check")
                .contentType(MediaType.APPLICATION_JSON)
                .content("{\"lines\": [{\"sku\": \"BAG-01\", \"quantity\": 1}]}"))
        .andExpect(status().isOk())
        .andExpect(jsonPath("$.removed.length()").value(0));
  }

  @Test
  void showsTheBalanceOfAGiftCard() throws Exception {
    mvc.perform(get("/api/gift-cards/GC-1111"))
        .andExpect(status().isOk())
        .andExpect(jsonPath("$.balanceCents").value(5000));
  }

  @Test
  void acceptsAPayment() throws Exception {
    mvc.perform(
            post("/api/payments/notifications")
                .contentType(MediaType.APPLICATION_JSON)
                .content("{\"order\": 1003, \"amountCents\": 4600}"))
        .andExpect(status().isOk())
        .andExpect(jsonPath("$.status").value("PAID"));
  }
}
