package com.example.orders.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.when;

import com.example.orders.domain.NotFoundException;
import com.example.orders.repository.GiftCardRepository;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mockito.InjectMocks;
import org.mockito.Mock;
import org.mockito.junit.jupiter.MockitoExtension;

@ExtendWith(MockitoExtension.class)
class GiftCardServiceTest {

  @Mock private GiftCardRepository giftCards;
  @InjectMocks private GiftCardService service;

  @Test
  void knowsTheBalance() {
    when(giftCards.balanceOf("GC-1111")).thenReturn(OptionalLong.of(5000));

    assertThat(service.balance("GC-1111")).isEqualTo(5000);
  }

  @Test
  void reportsAnUnknownCard() {
    when(giftCards.balanceOf("GC-0000")).thenReturn(OptionalLong.empty());

    assertThatThrownBy(() -> service.balance("GC-0000")).isInstanceOf(NotFoundException.class);
  }
}
