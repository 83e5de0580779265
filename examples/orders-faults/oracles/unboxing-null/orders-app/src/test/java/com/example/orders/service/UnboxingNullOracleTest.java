package com.example.orders.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.example.orders.domain.Product;
import com.example.orders.domain.StockLevel;
import com.example.orders.repository.ProductRepository;
import com.example.orders.repository.StockRepository;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UnboxingNullOracleTest {

  private final StockRepository stock = mock(StockRepository.class);
  private final ProductRepository products = mock(ProductRepository.class);
  private final StockService service = new StockService(stock, products);

  @BeforeEach
  void sixRugsAreLeft() {
    when(stock.findBySku("RUG-07")).thenReturn(List.of(new StockLevel("RUG-07", "EAST", 6, 0)));
  }

  @Test
  void advisesNothingWithoutReorderLevel() {
    reorderLevel(null);

    assertThat(service.reorderAdvice("RUG-07")).isEqualTo(new ReorderAdvice("RUG-07", false, 0));
  }

  @Test
  void stillFillsUpToTheReorderLevel() {
    reorderLevel(10);

    assertThat(service.reorderAdvice("RUG-07")).isEqualTo(new ReorderAdvice("RUG-07", true, 4));
  }

  @Test
  void stillAdvisesNothingWhenEnoughIsLeft() {
    reorderLevel(6);

    assertThat(service.reorderAdvice("RUG-07")).isEqualTo(new ReorderAdvice("RUG-07", false, 0));
  }

  private void reorderLevel(Integer level) {
    when(products.findBySku("RUG-07"))
        .thenReturn(Optional.of(Product.builder().sku("RUG-07").reorderLevel(level).build()));
  }
}
