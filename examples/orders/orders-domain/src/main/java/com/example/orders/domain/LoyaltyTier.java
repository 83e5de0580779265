package com.example.orders.domain;

public enum LoyaltyTier {
  STANDARD,
  SILVER,
  GOLD
}
