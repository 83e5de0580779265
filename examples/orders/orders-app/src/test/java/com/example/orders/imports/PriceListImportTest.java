package com.example.orders.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.lenient;
import static org.mockito.Mockito.verify;

import com.example.orders.domain.InvalidRequestException;
import com.example.orders.domain.Product;
import com.example.orders.repository.ProductRepository;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mockito.InjectMocks;
import org.mockito.Mock;
import org.mockito.junit.jupiter.MockitoExtension;

@ExtendWith(MockitoExtension.class)
class PriceListImportTest {

  @Mock private ProductRepository products;
  @InjectMocks private PriceListImport priceList;

  @BeforeEach
  void setUp() {
    lenient()
        .when(products.findBySku("BAG-01"))
        .thenReturn(Optional.of(Product.builder().sku("BAG-01").build()));
  }

  @Test
  void updatesThePrices() {
    assertThat(priceList.run("# June\nsku;cents\nBAG-01;1390\n")).isEqualTo(new ImportResult(1, 0));
    verify(products).updatePrice("BAG-01", 1390);
  }

  @Test
  void skipsAPriceThatIsNoNumber() {
    assertThat(priceList.run("sku;cents\nBAG-01;free\n")).isEqualTo(new ImportResult(0, 1));
  }

  @Test
  void skipsAnUnknownProduct() {
    assertThat(priceList.run("sku;cents\nNOPE;100\n")).isEqualTo(new ImportResult(0, 1));
  }

  @Test
  void refusesAnotherHeader() {
    assertThatThrownBy(() -> priceList.run("sku;price\nBAG-01;1390\n"))
        .isInstanceOf(InvalidRequestException.class);
  }
}
