package dev.fettle.source.check;

import dev.fettle.contract.model.Candidate;
import dev.fettle.contract.model.StalePatchException;
import dev.fettle.contract.model.StepResult;
import dev.fettle.contract.spi.RepairCase;
import dev.fettle.contract.spi.ValidationStep;
import dev.fettle.source.java.Syntax;
import java.util.List;

/** Every patched file is Java by its grammar. */
final class Parses implements ValidationStep {
  @Override
  public String oracle() {
    return "parses";
  }

  @Override
  public int cost() {
    return 5;
  }

  @Override
  public StepResult check(Candidate candidate, RepairCase repairCase) {
    for (String path : candidate.patch().paths()) {
      if (!path.endsWith(".java")) {
        continue; // for the scope to refuse
      }
      String before = repairCase.tree().text(path).orElse("");
      try {
        List<String> errors = Syntax.errors(path, candidate.patch().apply(path, before));
        if (!errors.isEmpty()) {
          return new StepResult.Rejected(path + ":" + errors.get(0));
        }
      } catch (StalePatchException e) {
        return new StepResult.Rejected(String.valueOf(e.getMessage()));
      }
    }
    return new StepResult.Passed("parses");
  }
}
