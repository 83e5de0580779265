package dev.fettle.source.check;

import dev.fettle.contract.model.Candidate;
import dev.fettle.contract.model.StalePatchException;
import dev.fettle.contract.model.StepResult;
import dev.fettle.contract.spi.RepairCase;
import dev.fettle.contract.spi.ValidationStep;
import java.util.Optional;

/** The text that the patch expects stands where it expects it. */
final class Applies implements ValidationStep {
  @Override
  public String oracle() {
    return "applies";
  }

  @Override
  public int cost() {
    return 1;
  }

  @Override
  public StepResult check(Candidate candidate, RepairCase repairCase) {
    for (String path : candidate.patch().paths()) {
      Optional<String> before = repairCase.tree().text(path);
      if (before.isEmpty()) {
        return new StepResult.Rejected("the revision has no file " + path);
      }
      try {
        if (candidate.patch().apply(path, before.get()).equals(before.get())) {
          return new StepResult.Rejected("leaves " + path + " as it is");
        }
      } catch (StalePatchException e) {
        return new StepResult.Rejected(String.valueOf(e.getMessage()));
      }
    }
    return new StepResult.Passed("applies to " + repairCase.tree().revision());
  }
}
