package com.example.orders.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.example.orders.domain.NotFoundException;
import com.example.orders.domain.StockLevel;
import com.example.orders.repository.ProductRepository;
import com.example.orders.repository.StockRepository;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmptyOptionalOracleTest {

  private final StockRepository stock = mock(StockRepository.class);
  private final StockService service = new StockService(stock, mock(ProductRepository.class));

  @Test
  void reportsAProductThatWasNeverStocked() {
    when(stock.findBySku("VAS-88")).thenReturn(List.of());

    assertThatThrownBy(() -> service.fullest("VAS-88")).isInstanceOf(NotFoundException.class);
  }

  @Test
  void stillFindsTheWarehouseWithMostAvailable() {
    StockLevel east = new StockLevel("BAG-01", "EAST", 50, 45);
    StockLevel west = new StockLevel("BAG-01", "WEST", 30, 0);
    when(stock.findBySku("BAG-01")).thenReturn(List.of(east, west));

    assertThat(service.fullest("BAG-01")).isEqualTo(west);
  }

  @Test
  void stillFindsAWarehouseWithoutAnythingLeft() {
    StockLevel empty = new StockLevel("TEA-08", "WEST", 0, 0);
    when(stock.findBySku("TEA-08")).thenReturn(List.of(empty));

    assertThat(service.fullest("TEA-08")).isEqualTo(empty);
  }
}
