package com.example.orders.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.when;

import com.example.orders.domain.Customer;
import com.example.orders.domain.LoyaltyTier;
import com.example.orders.domain.Promotion;
import com.example.orders.repository.PromotionRepository;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mockito.InjectMocks;
import org.mockito.Mock;
import org.mockito.junit.jupiter.MockitoExtension;

@ExtendWith(MockitoExtension.class)
class PromotionServiceTest {

  @Mock private CustomerService customers;
  @Mock private PromotionRepository promotions;
  @InjectMocks private PromotionService service;

  private final Promotion gold = new Promotion("GOLD10", "Ten percent for gold members", 10);

  @Test
  void offersWhatTheTierHas() {
    customerOf(LoyaltyTier.GOLD);
    when(promotions.findByTier(LoyaltyTier.GOLD)).thenReturn(new ArrayList<>(List.of(gold)));

    assertThat(service.offersFor(1, 19)).containsExactly(gold);
  }

  @Test
  void addsTheBulkPromotionForManyItems() {
    customerOf(LoyaltyTier.GOLD);
    when(promotions.findByTier(LoyaltyTier.GOLD)).thenReturn(new ArrayList<>(List.of(gold)));

    assertThat(service.offersFor(1, 20)).extracting(Promotion::getCode).containsExactly("GOLD10", "BULK");
  }

  @Test
  void offersNothingToOthers() {
    customerOf(LoyaltyTier.STANDARD);
    when(promotions.findByTier(LoyaltyTier.STANDARD)).thenReturn(List.of());

    assertThat(service.offersFor(1, 3)).isEmpty();
  }

  private void customerOf(LoyaltyTier tier) {
    when(customers.find(1)).thenReturn(Customer.builder().id(1).tier(tier).build());
  }
}
