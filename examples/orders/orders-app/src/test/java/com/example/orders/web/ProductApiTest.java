package com.example.orders.web;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

@ApiTest
class ProductApiTest {

  @Autowired private MockMvc mvc;

  @Test
  void showsTheFirstPage() throws Exception {
    mvc.perform(get("/api/products").param("size", "3"))
        .andExpect(status().isOk())
        .andExpect(jsonPath("$.total").value(9))
        .andExpect(jsonPath("$.items.length()").value(3));
  }

  @Test
  void quotesInDollars() throws Exception {
    mvc.perform(get("/api/products/CUP-03/quote").param("quantity", "10").param("currency", "USD"))
        .andExpect(status().isOk())
        .andExpect(jsonPath("$.cents").value(10055));
  }

  @Test
  void answersBadRequestForAQuantityThatIsNoNumber() throws Exception {
    mvc.perform(get("/api/products/CUP-03/quote").param("quantity", "many"))
        .andExpect(status().isBadRequest())
        .andExpect(jsonPath("$.error").value("invalid_request"));
  }
}
