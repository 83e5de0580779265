package com.example.orders.web;

import static org.hamcrest.Matchers.contains;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

@ApiTest
class ImmutableCollectionOracleTest {

  @Autowired private MockMvc mvc;

  @Test
  void offersTheBulkPromotionToStandardCustomers() throws Exception {
    offers(3, 24, "BULK");
    offers(3, 20, "BULK");
  }

  @Test
  void offersTheBulkPromotionOnlyOncePerCart() throws Exception {
    offers(7, 30, "BULK");
    offers(7, 30, "BULK");
  }

  @Test
  void stillOffersNothingForAFewItems() throws Exception {
    mvc.perform(get("/api/customers/3/promotions").param("items", "19"))
        .andExpect(status().isOk())
        .andExpect(jsonPath("$.length()").value(0));
  }

  @Test
  void stillAddsTheBulkPromotionToThoseOfTheTier() throws Exception {
    offers(1, 24, "GOLD10", "GOLDSHIP", "BULK");
  }

  private void offers(long customer, int items, String... codes) throws Exception {
    mvc.perform(
            get("/api/customers/{id}/promotions", customer).param("items", String.valueOf(items)))
        .andExpect(status().isOk())
        .andExpect(jsonPath("$[*].code").value(contains(codes)));
  }
}
