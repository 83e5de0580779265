package com.example.orders.web;

import com.example.orders.domain.Order;
import com.example.orders.domain.OrderLine;
import com.example.orders.service.CouponService;
import com.example.orders.service.OrderRequest;
import com.example.orders.service.OrderService;
import com.example.orders.service.OrderSummary;
import java.util.List;
import java.util.Map;
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
@RequestMapping("/api/orders")
class OrderController {

  private final OrderService orders;
  private final CouponService coupons;

  OrderController(OrderService orders, CouponService coupons) {
    this.orders = orders;
    this.coupons = coupons;
  }

  @GetMapping
  List<Order> search(@RequestParam String from, @RequestParam String to) {
    return orders.placedBetween(RequestDates.parse("from", from), RequestDates.parse("to", to));
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  Order place(@RequestBody OrderRequest request) {
    return orders.place(request);
  }

  @GetMapping("/{id}")
  Order find(@PathVariable long id) {
    return orders.find(id);
  }

  @GetMapping("/{id}/summary")
  OrderSummary summary(@PathVariable long id) {
    return orders.summary(id);
  }

  @GetMapping("/{id}/lines/{number}")
  OrderLine line(@PathVariable long id, @PathVariable int number) {
    return orders.line(id, number);
  }

  @GetMapping("/{id}/lines")
  OrderLine lineFor(@PathVariable long id, @RequestParam String sku) {
    return orders.lineFor(id, sku);
  }

  @PostMapping("/{id}/advance")
  Order advance(@PathVariable long id) {
    return orders.advance(id);
  }

  @PostMapping("/{id}/cancel")
  Order cancel(@PathVariable long id) {
    return orders.cancel(id);
  }

  @GetMapping("/{id}/coupon")
  Map<String, Object> coupon(@PathVariable long id, @RequestParam String code) {
    return Map.of(
        "order", id,
        "code", code,
        "applied", coupons.isApplied(id, code),
        "staff", coupons.isStaffOrder(id));
  }
}
