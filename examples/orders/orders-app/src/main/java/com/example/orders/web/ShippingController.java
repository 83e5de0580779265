package com.example.orders.web;

import com.example.orders.domain.Shipment;
import com.example.orders.service.ShippingQuote;
import com.example.orders.service.ShippingService;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/shipping")
class ShippingController {

  private final ShippingService shipping;

  ShippingController(ShippingService shipping) {
    this.shipping = shipping;
  }

  @GetMapping("/quote")
  ShippingQuote quote(@RequestParam String country, @RequestParam int grams) {
    return shipping.quote(country, grams);
  }

  @GetMapping("/days")
  Map<String, Object> days(@RequestParam String country) {
    return Map.of("country", country, "days", shipping.deliveryDays(country));
  }

  @GetMapping("/parcels")
  Map<String, Object> parcels(@RequestParam int items) {
    return Map.of("items", items, "parcels", shipping.parcels(items));
  }

  @GetMapping("/orders/{orderId}")
  Shipment shipment(@PathVariable long orderId) {
    return shipping.shipment(orderId);
  }
}
