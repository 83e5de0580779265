package dev.fettle.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.search.PredicateSpace.Column;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class PredicateSpaceTest {
  private static final List<Column> COLUMNS =
      List.of(
          new Column("i", Column.Kind.NUMBER, new long[] {0, 1, 2, 3}),
          new Column("n", Column.Kind.NUMBER, new long[] {3, 3, 3, 3}),
          new Column("open", Column.Kind.TRUTH, new long[] {1, 0, 1, 0}));

  @Test
  void findsTheSmallestConditionThatAnswersAsWanted() {
    PredicateSpace space = new PredicateSpace(4, 10_000);
    space.enumerate(COLUMNS);

    assertThat(space.answering(new boolean[] {true, true, true, false})).containsExactly("i <= 2");
    assertThat(space.answering(new boolean[] {false, true, false, true})).containsExactly("!open");
    assertThat(space.answering(new boolean[] {false, false, true, false}))
        .containsExactly("i == 2");
  }

  @Test
  void keepsOneOfThoseThatAnswerAlike() {
    PredicateSpace space = new PredicateSpace(4, 10_000);
    space.enumerate(COLUMNS);

    assertThat(space.distinct()).isLessThanOrEqualTo(16);
    assertThat(space.enumerated()).isGreaterThan(100);
  }

  @Test
  void separatesSamplesBeyondOneWord() {
    long[] values = new long[70];
    values[69] = 1;
    boolean[] wanted = new boolean[70];
    wanted[69] = true;
    PredicateSpace space = new PredicateSpace(70, 10_000);
    space.enumerate(List.of(new Column("x", Column.Kind.NUMBER, values)));

    assertThat(space.answering(wanted)).containsExactly("x != 0");
  }

  @Test
  void asksOnlyWhereAValueIsKnownOrNothingElseIsNeeded() {
    BitSet notNull = new BitSet();
    notNull.set(0, 2);
    PredicateSpace space = new PredicateSpace(3, 10_000);
    space.enumerate(
        List.of(
            new Column("x == null", Column.Kind.TRUTH, new long[] {0, 0, 1}),
            new Column("x.on", Column.Kind.TRUTH, new long[] {1, 0, 0}, notNull)));
    BitSet all = new BitSet();
    all.set(0, 3);
    BitSet wanted = new BitSet();
    wanted.set(0);
    wanted.set(2);

    assertThat(space.consistent(all, wanted, 100))
        .extracting(PredicateSpace.Condition::text)
        .containsExactly("x == null || x.on");
    wanted.clear(2);
    assertThat(space.consistent(all, wanted, 100))
        .extracting(PredicateSpace.Condition::text)
        .containsExactly("x != null && x.on");
  }

  @Test
  void samplesThatDoNotMatterMayBeAnsweredEitherWay() {
    PredicateSpace space = new PredicateSpace(4, 10_000);
    space.enumerate(COLUMNS);
    BitSet care = new BitSet();
    care.set(0, 2);
    BitSet holds = new BitSet();
    holds.set(1);

    assertThat(space.consistent(care, holds, 1).get(0).text()).isEqualTo("!open");
  }
}
