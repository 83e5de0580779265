package com.example.orders.service;

import com.example.orders.domain.NotFoundException;
import com.example.orders.repository.GiftCardRepository;
import org.springframework.stereotype.Service;

@Service
public class GiftCardService {

  private final GiftCardRepository giftCards;

  public GiftCardService(GiftCardRepository giftCards) {
    this.giftCards = giftCards;
  }

  public long balance(String code) {
    return giftCards.balanceOf(code).orElseThrow(() -> new NotFoundException("gift card", code));
  }
}
