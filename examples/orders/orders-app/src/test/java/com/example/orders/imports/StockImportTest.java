package com.example.orders.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.lenient;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

import com.example.orders.domain.InvalidRequestException;
import com.example.orders.domain.Product;
import com.example.orders.repository.ProductRepository;
import com.example.orders.repository.StockRepository;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mockito.InjectMocks;
import org.mockito.Mock;
import org.mockito.junit.jupiter.MockitoExtension;

@ExtendWith(MockitoExtension.class)
class StockImportTest {

  @Mock private StockRepository stock;
  @Mock private ProductRepository products;
  @InjectMocks private StockImport stockImport;

  @BeforeEach
  void setUp() {
    lenient()
        .when(products.findBySku("BAG-01"))
        .thenReturn(Optional.of(Product.builder().sku("BAG-01").build()));
  }

  @Test
  void setsTheQuantityOfEveryRow() {
    ImportResult result = stockImport.run("BAG-01,EAST,4\n\nBAG-01, WEST , 5 \n");

    assertThat(result).isEqualTo(new ImportResult(2, 0));
    verify(stock).setQuantity("BAG-01", "EAST", 4);
    verify(stock).setQuantity("BAG-01", "WEST", 5);
  }

  @Test
  void skipsARowWithMissingColumns() {
    assertThat(stockImport.run("BAG-01,4\nBAG-01,EAST,4")).isEqualTo(new ImportResult(1, 1));
  }

  @Test
  void skipsAnUnknownProduct() {
    assertThat(stockImport.run("NOPE,EAST,4")).isEqualTo(new ImportResult(0, 1));
    verifyNoInteractions(stock);
  }

  @Test
  void skipsANegativeQuantity() {
    assertThat(stockImport.run("BAG-01,EAST,-4")).isEqualTo(new ImportResult(0, 1));
    verifyNoInteractions(stock);
  }

  @Test
  void refusesAFileWithoutRows() {
    assertThatThrownBy(() -> stockImport.run("\n \n")).isInstanceOf(InvalidRequestException.class);
  }
}
