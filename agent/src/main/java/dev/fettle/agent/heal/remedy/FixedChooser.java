package dev.fettle.agent.heal.remedy;

import dev.fettle.agent.heal.Chooser;
import dev.fettle.agent.heal.Failure;
import dev.fettle.agent.heal.Treatment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the first remedy of a list that fits, whatever failed: what choosing is compared with. */
final class FixedChooser implements Chooser {
  private final List<Remedy> remedies;
  private final boolean retries;
  private final HealJournal journal;

  private FixedChooser(List<Remedy> remedies, boolean retries, HealJournal journal) {
    this.remedies = List.copyOf(remedies);
    this.retries = retries;
    this.journal = journal;
  }

  /** The next statement, else the other branch, else a standard value returned. */
  static FixedChooser steamroller(HealJournal journal) {
    return new FixedChooser(
        List.of(
            new SkipStatement(),
            new TakeBranch(TakeBranch.Way.OPERAND_FALSE),
            new TakeBranch(TakeBranch.Way.FALSE),
            new TakeBranch(TakeBranch.Way.TRUE),
            new ReturnValue(ReturnValue.Source.DEFAULT)),
        false,
        journal);
  }

  /** The same statement again. */
  static FixedChooser retry(HealJournal journal) {
    return new FixedChooser(List.of(new RetryStatement()), true, journal);
  }

  @Override
  public @Nullable Treatment choose(Failure failure) {
    Scene scene = new Scene(failure);
    List<Ranked> ranking = new ArrayList<>();
    for (Remedy remedy : remedies) {
      Plan plan =
          failure.impossible().contains(remedy.name())
              ? null
              : retries ? RetryStatement.again() : remedy.plan(scene);
      if (plan != null) {
        ranking.add(new Ranked(remedy, plan, 1));
      }
    }
    journal.decided(
        failure.site().id(),
        List.of("any"),
        ranking,
        false,
        ranking.isEmpty() ? "escalate" : ranking.get(0).remedy().name());
    return ranking.isEmpty()
        ? null
        : new RankedTreatment(ranking, false, scene.maySpin(), System::nanoTime);
  }
}
