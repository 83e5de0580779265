package com.example.orders.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.lenient;
import static org.mockito.Mockito.when;

import com.example.orders.domain.InvalidRequestException;
import com.example.orders.domain.NotFoundException;
import com.example.orders.domain.Product;
import com.example.orders.repository.ExchangeRates;
import com.example.orders.repository.ProductRepository;
import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mockito.InjectMocks;
import org.mockito.Mock;
import org.mockito.junit.jupiter.MockitoExtension;

@ExtendWith(MockitoExtension.class)
class PricingServiceTest {

  @Mock private ProductRepository products;
  @Mock private ExchangeRates exchangeRates;
  @InjectMocks private PricingService service;

  @BeforeEach
  void setUp() {
    lenient()
        .when(products.findBySku("CUP-03"))
        .thenReturn(Optional.of(Product.builder().sku("CUP-03").priceCents(980).build()));
    lenient().when(exchangeRates.isSupported("USD")).thenReturn(true);
    lenient().when(exchangeRates.rateFor("USD")).thenReturn(new BigDecimal("1.10"));
  }

  @Test
  void convertsAPrice() {
    assertThat(service.price("CUP-03", "USD")).isEqualTo(new Price("CUP-03", "USD", 1078));
  }

  @Test
  void quotesWithTheDiscountForTheQuantity() {
    assertThat(service.quote("CUP-03", 10, "USD"))
        .isEqualTo(new Quote("CUP-03", 10, 5, "USD", 10241));
  }

  @Test
  void refusesToQuoteInAnUnsupportedCurrency() {
    assertThatThrownBy(() -> service.quote("CUP-03", 1, "CHF"))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("unsupported currency CHF");
  }

  @Test
  void refusesToQuoteNothing() {
    assertThatThrownBy(() -> service.quote("CUP-03", 0, "USD"))
        .isInstanceOf(InvalidRequestException.class);
  }

  @Test
  void reportsAnUnknownProduct() {
    when(products.findBySku("NOPE")).thenReturn(Optional.empty());

    assertThatThrownBy(() -> service.price("NOPE", "USD")).isInstanceOf(NotFoundException.class);
  }
}
