package dev.fettle.agent.heal.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PriorTest {
  private static final List<String> CONTEXTS = List.of("any", "null", "null/unset-collection");
  private static final Experience NOTHING = new Experience(null, () -> 0);

  private final List<String> problems = new ArrayList<>();

  @Test
  void aRemedyThatWasNeverSeenIsUnlikely() {
    Prior prior = Prior.parse(List.of(), problems::add);
    assertThat(prior.confidence(CONTEXTS, "leave-loop", NOTHING)).isCloseTo(0.1, within(1e-9));
  }

  @Test
  void aSpecialContextCountsAgainstThreeImaginedTrialsOfTheGeneralOne() {
    Prior prior = Prior.parse(List.of("any grow 3 3", "null grow 0 3"), problems::add);
    assertThat(prior.confidence(CONTEXTS, "grow", NOTHING)).isCloseTo(0.275, within(1e-9));
  }

  @Test
  void whatThisProcessLearnedAddsUp() {
    Prior prior = Prior.parse(List.of("any grow 3 3"), problems::add);
    Experience experience = new Experience(null, () -> 0);
    experience.learn("A.f:1", "grow", List.of("any"), false);
    assertThat(prior.confidence(CONTEXTS, "grow", experience))
        .isLessThan(prior.confidence(CONTEXTS, "grow", NOTHING));
  }

  @Test
  void linesThatAreNotUnderstoodAreNamedAndLeftOut() {
    List<String> lines = List.of("# why", "", "any grow 1", "any grow 5 4", "any grow x 4");
    Prior.parse(lines, problems::add);
    assertThat(problems).hasSize(3).first().asString().contains("line 3", "expected context");
  }

  @Test
  void theShippedPriorIsSoundAndKnowsEveryRemedy() {
    Prior prior = Prior.shipped(problems::add);
    assertThat(problems).isEmpty();
    assertThat(Remedy.all())
        .allSatisfy(
            remedy ->
                assertThat(prior.confidence(List.of("any"), remedy.name(), NOTHING))
                    .as(remedy.name())
                    .isNotCloseTo(0.1, within(1e-9))
                    .isBetween(0.0, 1.0));
  }
}
