package com.example.orders.web;

import com.example.orders.domain.Customer;
import com.example.orders.domain.Order;
import com.example.orders.domain.Promotion;
import com.example.orders.service.ContactCard;
import com.example.orders.service.CustomerHistory;
import com.example.orders.service.CustomerRequest;
import com.example.orders.service.CustomerService;
import com.example.orders.service.OrderStatistics;
import com.example.orders.service.PromotionService;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/customers")
class CustomerController {

  private final CustomerService customers;
  private final CustomerHistory history;
  private final PromotionService promotions;

  CustomerController(
      CustomerService customers, CustomerHistory history, PromotionService promotions) {
    this.customers = customers;
    this.history = history;
    this.promotions = promotions;
  }

  @GetMapping("/{id}")
  Customer find(@PathVariable long id) {
    return customers.find(id);
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  Customer register(@RequestBody CustomerRequest request) {
    return customers.register(request);
  }

  @GetMapping("/{id}/contact")
  ContactCard contact(@PathVariable long id) {
    return customers.contact(id);
  }

  @GetMapping("/{id}/orders")
  List<Order> orders(@PathVariable long id) {
    return history.all(id);
  }

  @GetMapping("/{id}/orders/latest")
  Order latestOrder(@PathVariable long id) {
    return history.latest(id);
  }

  @GetMapping("/{id}/orders/latest-delivered")
  Order latestDelivered(@PathVariable long id) {
    return history.latestDelivered(id);
  }

  @GetMapping("/{id}/statistics")
  OrderStatistics statistics(@PathVariable long id) {
    return history.statistics(id);
  }

  @GetMapping("/{id}/promotions")
  List<Promotion> promotions(@PathVariable long id, @RequestParam(defaultValue = "1") int items) {
    return promotions.offersFor(id, items);
  }
}
