package dev.fettle.agent.heal.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
  void theConfidenceIsExactlyTheSumOfWhatItsEvidenceAdds() {
    Prior prior =
        Prior.parse(List.of("any grow 3 3", "null/unset-collection grow 1 7"), problems::add);
    Prior.Counted counted = prior.counted(CONTEXTS, "grow", NOTHING);

    List<String> evidence = counted.evidence();
    double sum = 0;
    for (String line : evidence) {
      Matcher added = Pattern.compile("log-odds ([-+][\\d.]+):").matcher(line);
      assertThat(added.find()).as(line).isTrue();
      sum += Double.parseDouble(added.group(1));
    }
    assertThat(evidence).hasSize(3).last().asString().contains("right in 1.0 of 7.0 known before");
    assertThat(1 / (1 + Math.exp(-sum))).isCloseTo(counted.confidence(), within(0.001));
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
