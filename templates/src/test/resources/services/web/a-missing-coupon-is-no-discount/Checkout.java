package shop;

import java.util.HashMap;
import java.util.Map;

record Cart(String coupon, int total) {}

record Coupon(String code, int percent) {}

class Coupons {
  private final Map<String, Coupon> byCode = new HashMap<>();

  Coupon find(String code) {
    return byCode.get(code);
  }
}

class Discounts {
  private final Coupons coupons = new Coupons();

  Coupon forCart(Cart cart) {
    return coupons.find(cart.coupon());
  }

  int percent(Coupon coupon) {
    return coupon.percent();
  }

  boolean has(Cart cart) {
    Coupon coupon = coupons.find(cart.coupon());
    return coupon != null;
  }
}

class Checkout {
  private final Discounts discounts = new Discounts();

  int price(Cart cart) {
    Coupon coupon = discounts.forCart(cart);
    return cart.total() * (100 - discounts.percent(coupon)) / 100;
  }
}
