package dev.fettle.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.contract.model.IncidentId;
import dev.fettle.llm.repair.ProposedExpressions;
import dev.fettle.search.Suggestion;
import dev.fettle.search.Suggestions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ModelHintsTest {
  private static final IncidentId INCIDENT = new IncidentId("inc-0123456789");
  private static final ProposedExpressions NAMED =
      new ProposedExpressions(List.of("coupon == null"), List.of("0"));

  private final AtomicLong nanos = new AtomicLong();
  private final ModelHints hints = new ModelHints(Duration.ofSeconds(30), nanos::get);

  @Test
  void whatAModelNamedReachesTheSearchOfTheIncidentOnce() {
    hints.suggested(INCIDENT, NAMED);
    Suggestions about = hints.about(INCIDENT);

    assertThat(about.taken())
        .containsExactly(
            new Suggestion.Condition("coupon == null"), new Suggestion.Ingredient("0"));
    assertThat(about.taken()).isEmpty();
    assertThat(hints.about(new IncidentId("inc-9876543210")).taken()).isEmpty();
  }

  @Test
  void aSearchThatFoundNothingWaitsForTheFirstAnswer() {
    Suggestions about = hints.about(INCIDENT);
    assertThat(about.more(false)).isTrue();

    hints.suggested(INCIDENT, NAMED);
    hints.answered(INCIDENT);

    assertThat(about.more(false)).as("there is something to take").isTrue();
    about.taken();
    assertThat(about.more(false)).isFalse();
  }

  @Test
  void aSearchThatFoundSomethingDoesNotWait() {
    assertThat(hints.about(INCIDENT).more(true)).isFalse();
  }

  @Test
  void nobodyWaitsLongerThanOneQuestionMayTake() {
    Suggestions about = hints.about(INCIDENT);
    nanos.addAndGet(Duration.ofSeconds(31).toNanos());

    assertThat(about.more(false)).isFalse();
  }

  @Test
  void nobodyWaitsWhereNobodyIsAsked() {
    assertThat(new ModelHints(Duration.ZERO, nanos::get).about(INCIDENT).more(false)).isFalse();
  }
}
