package dev.fettle.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OperatorPriorTest {
  @Test
  void asksTheFamilyAndThenTheStarForWhatIsNotListed() {
    OperatorPrior prior = OperatorPrior.parse("* 0.5 # the rest\nguard 0.25\nguard.break 0.125\n");

    assertThat(prior.cost("guard.break")).isEqualTo(-Math.log(0.125));
    assertThat(prior.cost("guard.return")).isEqualTo(-Math.log(0.25));
    assertThat(prior.cost("variable")).isEqualTo(-Math.log(0.5));
  }

  @Test
  void refusesALineThatHasNoShare() {
    assertThatThrownBy(() -> OperatorPrior.parse("guard.break often"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("guard.break often");
  }

  @Test
  void comesWithSharesForWhatItProposes() {
    assertThat(OperatorPrior.bundled().cost("relational.boundary"))
        .isLessThan(OperatorPrior.bundled().cost("guard.wrap"));
  }

  @Test
  void conditionsAreLikelierInLibrariesThanInSmallPrograms() {
    OperatorPrior small = OperatorPrior.bundled();
    OperatorPrior library = OperatorPrior.ofLibraries();

    assertThat(library.cost("synthesis.condition")).isLessThan(small.cost("synthesis.condition"));
    assertThat(library.cost("relational.boundary"))
        .isGreaterThan(small.cost("relational.boundary"));
    assertThat(library.cost("method.name")).isEqualTo(small.cost("method.name"));
  }
}
