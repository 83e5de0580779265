package com.example.orders.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.example.orders.service.Cart.CartLine;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConcurrentModificationOracleTest {

  private static final CartLine BAG = new CartLine("BAG-01", 1);
  private static final CartLine PEN = new CartLine("PEN-06", 3);
  private static final CartLine TEA = new CartLine("TEA-08", 2);
  private static final CartLine VASE = new CartLine("VAS-09", 1);

  private final StockService stock = mock(StockService.class);
  private final CartService carts = new CartService(stock);

  @BeforeEach
  void teaAndVaseAreSoldOut() {
    when(stock.available("BAG-01")).thenReturn(40);
    when(stock.available("PEN-06")).thenReturn(3);
  }

  @Test
  void removesTheFirstOfThreeLines() {
    assertThat(carts.check(new Cart(List.of(TEA, PEN, BAG))))
        .isEqualTo(new CheckedCart(List.of(PEN, BAG), List.of("TEA-08")));
  }

  @Test
  void removesTheLastLine() {
    assertThat(carts.check(new Cart(List.of(PEN, BAG, TEA))))
        .isEqualTo(new CheckedCart(List.of(PEN, BAG), List.of("TEA-08")));
  }

  @Test
  void removesNeighboringLinesAndAllLines() {
    assertThat(carts.check(new Cart(List.of(TEA, VASE, PEN))))
        .isEqualTo(new CheckedCart(List.of(PEN), List.of("TEA-08", "VAS-09")));
    assertThat(carts.check(new Cart(List.of(TEA, VASE))))
        .isEqualTo(new CheckedCart(List.of(), List.of("TEA-08", "VAS-09")));
  }

  @Test
  void stillKeepsWhatIsAvailable() {
    assertThat(carts.check(new Cart(List.of(BAG, PEN))))
        .isEqualTo(new CheckedCart(List.of(BAG, PEN), List.of()));
  }
}
