package com.example.orders.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.example.orders.domain.InvalidRequestException;
import com.example.orders.domain.Product;
import com.example.orders.repository.ProductRepository;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WrongArgumentOracleTest {

  private final ProductRepository products = mock(ProductRepository.class);
  private final ProductService service = new ProductService(products);

  @BeforeEach
  void sevenProducts() {
    List<Product> all =
        Stream.of("A", "B", "C", "D", "E", "F", "G")
            .map(sku -> Product.builder().sku(sku).name(sku).build())
            .toList();
    when(products.findAll()).thenReturn(all);
  }

  @Test
  void showsEveryPageInTurn() {
    assertThat(skus(0, 2)).containsExactly("A", "B");
    assertThat(skus(1, 2)).containsExactly("C", "D");
    assertThat(skus(2, 2)).containsExactly("E", "F");
  }

  @Test
  void endsWithAShorterPage() {
    assertThat(skus(3, 2)).containsExactly("G");
    assertThat(skus(1, 5)).containsExactly("F", "G");
  }

  @Test
  void stillShowsNothingBehindTheEnd() {
    assertThat(skus(4, 2)).isEmpty();
    assertThat(service.page(9, 5).total()).isEqualTo(7);
  }

  @Test
  void stillRefusesANegativePage() {
    assertThatThrownBy(() -> service.page(-1, 2)).isInstanceOf(InvalidRequestException.class);
  }

  private List<String> skus(int page, int size) {
    return service.page(page, size).items().stream().map(Product::getSku).toList();
  }
}
