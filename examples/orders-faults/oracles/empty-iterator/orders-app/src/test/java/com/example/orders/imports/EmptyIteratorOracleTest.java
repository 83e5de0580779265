package com.example.orders.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import com.example.orders.domain.InvalidRequestException;
import com.example.orders.domain.Product;
import com.example.orders.repository.ProductRepository;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EmptyIteratorOracleTest {

  private final ProductRepository products = mock(ProductRepository.class);
  private final PriceListImport priceList = new PriceListImport(products);

  @Test
  void refusesAListOfCommentsOnly() {
    assertThatThrownBy(() -> priceList.run("# June\n# nothing changed\n"))
        .isInstanceOf(InvalidRequestException.class);
    verifyNoInteractions(products);
  }

  @Test
  void refusesAnEmptyList() {
    assertThatThrownBy(() -> priceList.run("\n  \n")).isInstanceOf(InvalidRequestException.class);
  }

  @Test
  void stillTakesAHeaderWithoutPrices() {
    assertThat(priceList.run("sku;cents\n")).isEqualTo(new ImportResult(0, 0));
  }

  @Test
  void stillUpdatesThePricesBelowTheHeader() {
    when(products.findBySku("BAG-01"))
        .thenReturn(Optional.of(Product.builder().sku("BAG-01").build()));

    assertThat(priceList.run("# June\nsku;cents\nBAG-01;1390\nNOPE;1\n"))
        .isEqualTo(new ImportResult(1, 1));
    verify(products).updatePrice("BAG-01", 1390);
  }
}
