package com.example.orders.repository;

import com.example.orders.domain.LoyaltyTier;
import com.example.orders.domain.Promotion;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

@Repository
class JdbcPromotionRepository implements PromotionRepository {

  private final JdbcTemplate jdbc;

  JdbcPromotionRepository(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public List<Promotion> findByTier(LoyaltyTier tier) {
    if (tier == LoyaltyTier.STANDARD) {
      return List.of();
    }
    return jdbc.query(
        "select code, description, percent from promotion where tier = ? order by code",
        (row, n) -> new Promotion(row.getString(1), row.getString(2), row.getInt(3)),
        tier.name());
  }
}
