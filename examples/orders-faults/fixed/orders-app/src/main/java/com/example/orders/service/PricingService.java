package com.example.orders.service;

import com.example.orders.domain.InvalidRequestException;
import com.example.orders.domain.MoneyConverter;
import com.example.orders.domain.NotFoundException;
import com.example.orders.domain.PriceBreaks;
import com.example.orders.domain.Product;
import com.example.orders.repository.ExchangeRates;
import com.example.orders.repository.ProductRepository;
import java.math.BigDecimal;
import org.springframework.stereotype.Service;

@Service
public class PricingService {

  private final ProductRepository products;
  private final ExchangeRates exchangeRates;

  public PricingService(ProductRepository products, ExchangeRates exchangeRates) {
    this.products = products;
    this.exchangeRates = exchangeRates;
  }

  public Price price(String sku, String currency) {
    Product product = product(sku);
    BigDecimal rate = exchangeRates.rateFor(currency);
    if (rate == null) {
      throw new InvalidRequestException("unsupported currency " + currency);
    }
    return new Price(sku, currency, MoneyConverter.convert(product.getPriceCents(), rate));
  }

  public Quote quote(String sku, int quantity, String currency) {
    if (quantity < 1) {
      throw new InvalidRequestException("quantity must be positive");
    }
    if (!exchangeRates.isSupported(currency)) {
      throw new InvalidRequestException("unsupported currency " + currency);
    }
    Product product = product(sku);
    int percent = PriceBreaks.percentFor(quantity);
    long euroCents = PriceBreaks.apply(product.getPriceCents() * quantity, percent);
    long cents = MoneyConverter.convert(euroCents, exchangeRates.rateFor(currency));
    return new Quote(sku, quantity, percent, currency, cents);
  }

  private Product product(String sku) {
    return products.findBySku(sku).orElseThrow(() -> new NotFoundException("product", sku));
  }
}
