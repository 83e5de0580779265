package com.example.orders.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.when;

import com.example.orders.domain.InvalidRequestException;
import com.example.orders.domain.NotFoundException;
import com.example.orders.domain.Product;
import com.example.orders.repository.ProductRepository;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mockito.InjectMocks;
import org.mockito.Mock;
import org.mockito.junit.jupiter.MockitoExtension;

@ExtendWith(MockitoExtension.class)
class ProductServiceTest {

  @Mock private ProductRepository products;
  @InjectMocks private ProductService service;

  private final Product bag = product("BAG-01", "Canvas shopping bag, natural");
  private final Product cup = product("CUP-03", "Stoneware coffee cup, dark blue");
  private final Product lamp = product("LMP-04", "Desk lamp with dimmer and clamp");

  @Test
  void showsTheFirstPage() {
    when(products.findAll()).thenReturn(List.of(bag, cup, lamp));

    assertThat(service.page(0, 2)).isEqualTo(new ProductPage(0, 3, List.of(bag, cup)));
  }

  @Test
  void showsEverythingOnALargePage() {
    when(products.findAll()).thenReturn(List.of(bag, cup, lamp));

    assertThat(service.page(0, 20).items()).containsExactly(bag, cup, lamp);
  }

  @Test
  void refusesAPageOfNothing() {
    assertThatThrownBy(() -> service.page(0, 0)).isInstanceOf(InvalidRequestException.class);
  }

  @Test
  void searchesWithoutRegardToCase() {
    when(products.findAll()).thenReturn(List.of(bag, cup, lamp));

    assertThat(service.search("COFFEE")).containsExactly(cup);
  }

  @Test
  void printsAShelfCard() {
    when(products.findBySku("CUP-03")).thenReturn(Optional.of(cup));

    assertThat(service.shelfCard("CUP-03"))
        .isEqualTo(new ShelfCard("CUP-03", "Stoneware coffee c", "9.80"));
  }

  @Test
  void reportsAnUnknownProduct() {
    when(products.findBySku("NOPE")).thenReturn(Optional.empty());

    assertThatThrownBy(() -> service.find("NOPE")).isInstanceOf(NotFoundException.class);
  }

  private static Product product(String sku, String name) {
    return Product.builder().sku(sku).name(name).priceCents(980).build();
  }
}
