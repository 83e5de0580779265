package com.example.orders.repository;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.orders.domain.Customer;
import com.example.orders.domain.DailySales;
import com.example.orders.domain.LoyaltyTier;
import com.example.orders.domain.Promotion;
import com.example.orders.domain.StockLevel;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.jdbc.JdbcTest;
import org.springframework.context.annotation.Import;

@JdbcTest
@Import(RepositoryTestConfiguration.class)
class JdbcRepositoriesTest {

  @Autowired private CustomerRepository customers;
  @Autowired private ProductRepository products;
  @Autowired private StockRepository stock;
  @Autowired private ShipmentRepository shipments;
  @Autowired private ShippingRateRepository shippingRates;
  @Autowired private ExchangeRates exchangeRates;
  @Autowired private PromotionRepository promotions;
  @Autowired private GiftCardRepository giftCards;
  @Autowired private SalesReportRepository reports;

  @Test
  void readsACustomerWithAddress() {
    assertThat(customers.findById(1).orElseThrow().getAddress().getCity()).isEqualTo("Berlin");
  }

  @Test
  void readsACustomerWithoutAddress() {
    assertThat(customers.findById(4).orElseThrow().getAddress()).isNull();
  }

  @Test
  void insertsACustomer() {
    Customer hugo =
        customers.insert(
            Customer.builder()
                .name("Hugo")
                .email("hugo@example.org")
                .tier(LoyaltyTier.STANDARD)
                .build());

    assertThat(customers.findById(hugo.getId())).contains(hugo);
    assertThat(customers.existsByEmail("hugo@example.org")).isTrue();
  }

  @Test
  void updatesAPrice() {
    products.updatePrice("PEN-06", 350);

    assertThat(products.findBySku("PEN-06").orElseThrow().getPriceCents()).isEqualTo(350);
  }

  @Test
  void readsAProductWithoutReorderLevel() {
    assertThat(products.findBySku("RUG-07").orElseThrow().getReorderLevel()).isNull();
  }

  @Test
  void setsAndReservesStock() {
    stock.setQuantity("VAS-09", "EAST", 9);
    stock.reserve("VAS-09", "EAST", 2);

    assertThat(stock.findBySku("VAS-09")).containsExactly(new StockLevel("VAS-09", "EAST", 9, 2));
  }

  @Test
  void readsADeliveredShipment() {
    assertThat(shipments.findByOrder(1001).orElseThrow().getDeliveredOn())
        .isEqualTo(LocalDate.of(2024, 3, 7));
  }

  @Test
  void readsTheShippingRates() {
    assertThat(shippingRates.ratesByCountry()).containsOnlyKeys("DE", "FR", "GB", "ES");
  }

  @Test
  void readsAnExchangeRate() {
    assertThat(exchangeRates.rateFor("USD")).isEqualByComparingTo("1.08");
    assertThat(exchangeRates.isSupported("XXX")).isFalse();
  }

  @Test
  void readsThePromotionsOfATier() {
    assertThat(promotions.findByTier(LoyaltyTier.GOLD))
        .extracting(Promotion::getCode)
        .containsExactly("GOLD10", "GOLDSHIP");
  }

  @Test
  void readsTheBalanceOfAGiftCard() {
    assertThat(giftCards.balanceOf("GC-1111")).hasValue(5000);
  }

  @Test
  void replacesTheReportOfADay() {
    LocalDate day = LocalDate.of(2024, 5, 3);
    reports.save(new DailySales(day, 1, 100));
    reports.save(new DailySales(day, 2, 300));

    assertThat(reports.findLatest(5)).containsExactly(new DailySales(day, 2, 300));
  }
}
