package shop;

import java.util.ArrayList;
import java.util.List;

record Cart(String id, int age) {}

class Carts {
  private final List<Cart> open =
      new ArrayList<>(List.of(new Cart("a", 9), new Cart("b", 1), new Cart("c", 9)));

  int sweep() {
    for (Cart cart : open) {
      if (cart.age() > 5) {
        open.remove(cart);
      }
    }
    return open.size();
  }
}
