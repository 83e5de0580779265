package shop;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;

record Bid(BigDecimal amount) {}

class Bids {
  BigDecimal lowest(List<Bid> bids) {
    return bids.stream().map(Bid::amount).min(Comparator.naturalOrder()).orElse(BigDecimal.ZERO);
  }

  BigDecimal highest(List<Bid> bids) {
    return bids.stream().map(Bid::amount).max(Comparator.naturalOrder()).get();
  }
}
