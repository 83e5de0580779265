package com.example.orders.repository;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.annotation.DirtiesContext;

@SpringBootTest(properties = "spring.datasource.hikari.pool-name=leaked-connection")
@DirtiesContext(classMode = DirtiesContext.ClassMode.BEFORE_EACH_TEST_METHOD)
class LeakedConnectionOracleTest {

  @Autowired private GiftCardRepository giftCards;
  @Autowired private CustomerRepository customers;
  @Autowired private DataSource dataSource;

  @Test
  void canLookForAnyNumberOfUnknownCards() {
    for (int i = 0; i < 5; i++) {
      assertThat(giftCards.balanceOf("GC-700" + i)).isEmpty();
    }
    assertThat(customers.findById(2)).isPresent();
  }

  @Test
  void givesTheConnectionBack() throws Exception {
    giftCards.balanceOf("GC-7001");

    assertThat(dataSource.unwrap(HikariDataSource.class).getHikariPoolMXBean().getActiveConnections())
        .isZero();
  }

  @Test
  void stillKnowsTheBalanceOfACard() {
    assertThat(giftCards.balanceOf("GC-1111")).hasValue(5000);
    assertThat(giftCards.balanceOf("GC-2222")).hasValue(0);
  }
}
