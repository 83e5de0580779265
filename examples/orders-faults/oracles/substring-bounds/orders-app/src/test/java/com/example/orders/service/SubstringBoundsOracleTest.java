package com.example.orders.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.example.orders.domain.Product;
import com.example.orders.repository.ProductRepository;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SubstringBoundsOracleTest {

  private final ProductRepository products = mock(ProductRepository.class);
  private final ProductService service = new ProductService(products);

  @Test
  void printsAShortNameInFull() {
    assertThat(titleFor("Pen")).isEqualTo("Pen");
  }

  @Test
  void printsANameThatJustFitsOrMissesByOne() {
    assertThat(titleFor("Wool blanket, grey")).isEqualTo("Wool blanket, grey");
    assertThat(titleFor("Wool blanket, red")).isEqualTo("Wool blanket, red");
  }

  @Test
  void stillCutsALongName() {
    assertThat(titleFor("Insulated drinking bottle 750 ml")).isEqualTo("Insulated drinking");
    assertThat(titleFor("Dotted notebook A5, 160 pages")).isEqualTo("Dotted notebook A5");
  }

  private String titleFor(String name) {
    when(products.findBySku("X-1"))
        .thenReturn(Optional.of(Product.builder().sku("X-1").name(name).priceCents(320).build()));
    return service.shelfCard("X-1").title();
  }
}
