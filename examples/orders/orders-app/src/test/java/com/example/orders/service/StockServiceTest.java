package com.example.orders.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.example.orders.domain.BusinessRuleException;
import com.example.orders.domain.NotFoundException;
import com.example.orders.domain.Product;
import com.example.orders.domain.StockLevel;
import com.example.orders.repository.ProductRepository;
import com.example.orders.repository.StockRepository;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mockito.InjectMocks;
import org.mockito.Mock;
import org.mockito.junit.jupiter.MockitoExtension;

@ExtendWith(MockitoExtension.class)
class StockServiceTest {

  @Mock private StockRepository stock;
  @Mock private ProductRepository products;
  @InjectMocks private StockService service;

  private final StockLevel east = new StockLevel("BAG-01", "EAST", 12, 2);
  private final StockLevel west = new StockLevel("BAG-01", "WEST", 30, 0);

  @Test
  void addsUpAllWarehouses() {
    when(stock.findBySku("BAG-01")).thenReturn(List.of(east, west));

    assertThat(service.available("BAG-01")).isEqualTo(40);
  }

  @Test
  void hasNothingOfWhatWasNeverStocked() {
    when(stock.findBySku("VAS-09")).thenReturn(List.of());

    assertThat(service.available("VAS-09")).isZero();
  }

  @Test
  void findsTheFullestWarehouse() {
    when(stock.findBySku("BAG-01")).thenReturn(List.of(east, west));

    assertThat(service.fullest("BAG-01")).isEqualTo(west);
  }

  @Test
  void findsTheLevelOfOneWarehouse() {
    when(stock.findBySku("BAG-01")).thenReturn(List.of(east, west));

    assertThat(service.level("BAG-01", "EAST")).isEqualTo(east);
  }

  @Test
  void reportsAWarehouseWithoutTheProduct() {
    when(stock.findBySku("BAG-01")).thenReturn(List.of(east));

    assertThatThrownBy(() -> service.level("BAG-01", "NORTH"))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void reservesWhereEnoughIsLeft() {
    when(stock.findBySku("BAG-01")).thenReturn(List.of(east, west));

    service.reserve("BAG-01", 15);

    verify(stock).reserve("BAG-01", "WEST", 15);
  }

  @Test
  void refusesToReserveMoreThanThereIs() {
    when(stock.findBySku("BAG-01")).thenReturn(List.of(east));

    assertThatThrownBy(() -> service.reserve("BAG-01", 11))
        .isInstanceOf(BusinessRuleException.class);
  }

  @Test
  void advisesToFillUpToTheReorderLevel() {
    when(stock.findBySku("LMP-04")).thenReturn(List.of(new StockLevel("LMP-04", "EAST", 3, 0)));
    when(products.findBySku("LMP-04"))
        .thenReturn(Optional.of(Product.builder().sku("LMP-04").reorderLevel(5).build()));

    assertThat(service.reorderAdvice("LMP-04")).isEqualTo(new ReorderAdvice("LMP-04", true, 2));
  }

  @Test
  void neverNeedsAProductWithoutReorderLevel() {
    when(products.findBySku("RUG-07"))
        .thenReturn(Optional.of(Product.builder().sku("RUG-07").build()));

    assertThat(service.needsReorder("RUG-07")).isFalse();
  }
}
