package dev.fettle.source.check;

import dev.fettle.contract.model.Candidate;
import dev.fettle.contract.model.Replacement;
import dev.fettle.contract.model.StepResult;
import dev.fettle.contract.spi.RepairCase;
import dev.fettle.contract.spi.ValidationStep;
import java.util.List;

/** Few enough lines are touched for a person to read. */
final class Size implements ValidationStep {
  static final int MAX_LINES = 60;

  @Override
  public String oracle() {
    return "size";
  }

  @Override
  public int cost() {
    return 2;
  }

  @Override
  public StepResult check(Candidate candidate, RepairCase repairCase) {
    int lines = candidate.patch().replacements().stream().mapToInt(Size::changedLines).sum();
    return lines > MAX_LINES
        ? new StepResult.Rejected("changes " + lines + " lines, at most " + MAX_LINES + " may")
        : new StepResult.Passed("changes " + lines + (lines == 1 ? " line" : " lines"));
  }

  /** Removed plus added lines, those at both ends that stay the same left out. */
  private static int changedLines(Replacement r) {
    List<String> before = r.expected().lines().toList();
    List<String> after = r.text().lines().toList();
    int same = 0;
    int shorter = Math.min(before.size(), after.size());
    while (same < shorter && before.get(same).equals(after.get(same))) {
      same++;
    }
    int tail = 0;
    while (tail < shorter - same
        && before.get(before.size() - 1 - tail).equals(after.get(after.size() - 1 - tail))) {
      tail++;
    }
    int changed = Math.max(before.size(), after.size()) - same - tail;
    boolean inOneLine = before.size() <= 1 && after.size() <= 1;
    return inOneLine ? 1 : changed;
  }
}
