package dev.fettle.llm.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.contract.model.Candidate;
import dev.fettle.contract.model.Confirmation;
import dev.fettle.contract.model.LabReport;
import dev.fettle.contract.model.StepResult;
import dev.fettle.contract.spi.RepairCase;
import dev.fettle.contract.spi.ValidationStep;
import dev.fettle.testkit.road.ScriptedLaboratory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttemptTest {
  @TempDir Path dir;

  @Test
  void aStepWhoseMachineryFailedRefusesNothing() {
    assertThat(judged(new Step(1, new StepResult.Broken("the child was killed")))).isEmpty();
  }

  @Test
  void theStepsBehindABrokenOneStillJudge() {
    assertThat(
            judged(
                new Step(1, new StepResult.Broken("the child was killed")),
                new Step(2, new StepResult.Rejected("too many lines"))))
        .contains(new Attempt.Refusal("step 2", "too many lines"));
  }

  private Optional<Attempt.Refusal> judged(ValidationStep... steps) {
    Shop shop = Shop.in(dir, Map.of());
    String text = shop.source(Shop.CART);
    int line = (int) text.substring(0, text.indexOf("return sum")).lines().count();
    Candidate candidate =
        shop.candidates(
                Scripted.saying(
                    Scripted.edit("A", line, line, "    return coupon == null ? sum : 1;")))
            .get(0);
    ScriptedLaboratory laboratory =
        new ScriptedLaboratory(
            job -> new LabReport.Ran(List.of(), Map.of(), "scripted"),
            new Confirmation.Unconfirmed("scripted"));
    return new Attempt(List.of(steps), laboratory).refusal(candidate, shop.repairCase());
  }

  private record Step(int cost, StepResult result) implements ValidationStep {
    @Override
    public String oracle() {
      return "step " + cost;
    }

    @Override
    public StepResult check(Candidate candidate, RepairCase repairCase) {
      return result;
    }
  }
}
