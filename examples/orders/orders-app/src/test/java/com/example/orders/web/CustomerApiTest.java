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
class CustomerApiTest {

  @Autowired private MockMvc mvc;

  @Test
  void showsACustomer() throws Exception {
    mvc.perform(get("/api/customers/1"))
        .andExpect(status().isOk())
        .andExpect(jsonPath("$.address.city").value("Berlin"));
  }

  @Test
  void answersNotFoundForAnUnknownCustomer() throws Exception {
    mvc.perform(get("/api/customers/77"))
        .andExpect(status().isNotFound())
        .andExpect(jsonPath("$.error").value("not_found"));
  }

  @Test
  void registersACustomer() throws Exception {
    mvc.perform(
            post("/api/customers")
                .contentType(MediaType.APPLICATION_JSON)
                .content("{\"name\": \"Ines\", \"email\": \"ines@example.org\"}"))
        .andExpect(status().isCreated())
        .andExpect(jsonPath("$.tier").value("STANDARD"));
  }

  @Test
  void answersUnprocessableForAnEmailThatIsTaken() throws Exception {
    mvc.perform(
            post("/api/customers")
                .contentType(MediaType.APPLICATION_JSON)
                .content("{\"name\": \"Ada\", \"email\": \"ADA@example.org\"}"))
        .andExpect(status().isUnprocessableEntity())
        .andExpect(jsonPath("$.error").value("rule_violated"));
  }

  @Test
  void showsTheStatisticsOfACustomer() throws Exception {
    mvc.perform(get("/api/customers/1/statistics"))
        .andExpect(status().isOk())
        .andExpect(jsonPath("$.orders").value(2));
  }
}
