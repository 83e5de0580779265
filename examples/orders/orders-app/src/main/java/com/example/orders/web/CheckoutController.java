package com.example.orders.web;

import com.example.orders.service.Cart;
import com.example.orders.service.CartService;
import com.example.orders.service.CheckedCart;
import com.example.orders.service.GiftCardService;
import com.example.orders.service.PaymentNotifications;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api")
class CheckoutController {

  private final CartService carts;
  private final GiftCardService giftCards;
  private final PaymentNotifications payments;

  CheckoutController(CartService carts, GiftCardService giftCards, PaymentNotifications payments) {
    this.carts = carts;
    this.giftCards = giftCards;
    this.payments = payments;
  }

  @PostMapping("/carts/check")
  CheckedCart check(@RequestBody Cart cart) {
    return carts.check(cart);
  }

  @GetMapping("/gift-cards/{code}")
  Map<String, Object> giftCard(@PathVariable String code) {
    return Map.of("code", code, "balanceCents", giftCards.balance(code));
  }

  @PostMapping("/payments/notifications")
  Map<String, Object> payment(@RequestBody Map<String, Object> payload) {
    return Map.of("status", payments.accept(payload));
  }
}
