package com.example.orders.repository;

import com.example.orders.domain.LoyaltyTier;
import com.example.orders.domain.Promotion;
import java.util.List;

public interface PromotionRepository {

  List<Promotion> findByTier(LoyaltyTier tier);
}
