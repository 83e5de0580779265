package dev.fettle.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.contract.model.Candidate;
import dev.fettle.contract.model.Patch;
import dev.fettle.contract.model.Replacement;
import dev.fettle.contract.spi.PatchGenerator;
import dev.fettle.contract.spi.RepairCase;
import dev.fettle.testkit.road.TextTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlanTest {
  private final List<String> pulled = new ArrayList<>();

  @Test
  void aSlowGeneratorIsWaitedForOnlyWhenNoOtherHasACandidate() {
    Plan plan =
        new CandidatePlanner(
                List.of(generator("slow", true, 0.9), generator("fast", false, 0.4)), 9)
            .plan(
                new RepairCase(null, null, new TextTree("0123", Map.of()), null, Optional.empty()));

    assertThat(plan.next().generator()).isEqualTo("fast");
    assertThat(pulled).containsExactly("fast");
    assertThat(plan.next().generator()).isEqualTo("slow");
  }

  private PatchGenerator generator(String name, boolean slow, double score) {
    return new PatchGenerator() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public boolean slow() {
        return slow;
      }

      @Override
      public Stream<Candidate> candidates(RepairCase repairCase) {
        return Stream.of(name)
            .peek(pulled::add)
            .map(
                n ->
                    new Candidate(
                        new Patch(List.of(new Replacement(n, 0, 0, "", "x"))), n, "r", score));
      }
    };
  }
}
