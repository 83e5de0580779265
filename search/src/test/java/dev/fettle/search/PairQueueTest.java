package dev.fettle.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PairQueueTest {
  private final PairQueue pairs = new PairQueue();

  private static Proposal change(String operator, int at, double cost) {
    return new Proposal("A.java", List.of(new Edit(at, at + 1, "x")), operator, cost);
  }

  @Test
  void pairsWhatMadeProgressBeforeWhatIsOnlyLikely() {
    pairs.tried(change("likely", 0, 1), 0);
    pairs.tried(change("progress", 10, 3), 0.5);
    pairs.tried(change("other", 20, 1), 0);

    assertThat(first().operator()).contains("progress").contains("+");
  }

  @Test
  void keepsAPairThatIsBetterThanItsHalvesAndPairsItOn() {
    pairs.tried(change("one", 0, 1), 0.2);
    pairs.tried(change("two", 10, 1), 0.2);
    pairs.tried(change("three", 20, 1), 0);
    Proposal pair = first();

    pairs.tried(pair, 0.6);

    Proposal next = first();
    assertThat(next.edits()).hasSize(3);
  }

  @Test
  void neverPairsWhatOverlaps() {
    pairs.tried(change("one", 0, 1), 0.2);
    pairs.tried(change("two", 0, 1), 0.2);

    assertThat(pairs.next()).isNull();
  }

  private Proposal first() {
    Proposal next = pairs.next();
    while (next == null) {
      assertThat(pairs.frontier()).isFinite();
      next = pairs.next();
    }
    return next;
  }
}
