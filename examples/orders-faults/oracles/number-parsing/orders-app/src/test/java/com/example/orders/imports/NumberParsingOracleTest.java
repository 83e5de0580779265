package com.example.orders.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.example.orders.domain.Product;
import com.example.orders.repository.ProductRepository;
import com.example.orders.repository.StockRepository;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NumberParsingOracleTest {

  private final StockRepository stock = mock(StockRepository.class);
  private final ProductRepository products = mock(ProductRepository.class);
  private final StockImport stockImport = new StockImport(stock, products);

  @BeforeEach
  void aKnownProduct() {
    when(products.findBySku("LMP-04"))
        .thenReturn(Optional.of(Product.builder().sku("LMP-04").build()));
  }

  @Test
  void skipsOnlyTheRowWhoseQuantityIsNoNumber() {
    ImportResult result =
        stockImport.run("LMP-04,NORTH,4\nLMP-04,SOUTH,7 pcs\nLMP-04,EAST,2\n");

    assertThat(result).isEqualTo(new ImportResult(2, 1));
    verify(stock).setQuantity("LMP-04", "NORTH", 4);
    verify(stock).setQuantity("LMP-04", "EAST", 2);
  }

  @Test
  void setsNothingForAQuantityThatCannotBeRead() {
    assertThat(stockImport.run("LMP-04,SOUTH,many\nLMP-04,SOUTH, \nLMP-04,SOUTH,3.5\n"))
        .isEqualTo(new ImportResult(0, 3));
    verify(stock, never()).setQuantity(any(), any(), anyInt());
  }

  @Test
  void skipsAQuantityThatIsTooLarge() {
    assertThat(stockImport.run("LMP-04,SOUTH,99999999999\n")).isEqualTo(new ImportResult(0, 1));
  }

  @Test
  void stillSkipsANegativeQuantityAndTakesZero() {
    assertThat(stockImport.run("LMP-04,SOUTH,-1\nLMP-04,SOUTH,0\n"))
        .isEqualTo(new ImportResult(1, 1));
    verify(stock).setQuantity("LMP-04", "SOUTH", 0);
  }
}
