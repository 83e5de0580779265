package com.example.orders.repository;

import java.util.OptionalLong;

public interface GiftCardRepository {

  OptionalLong balanceOf(String code);
}
