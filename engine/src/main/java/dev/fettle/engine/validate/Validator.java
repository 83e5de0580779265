package dev.fettle.engine.validate;

import dev.fettle.contract.model.Candidate;
import dev.fettle.contract.model.Plausible;
import dev.fettle.contract.spi.RepairCase;
import dev.fettle.contract.spi.ValidationStep;
import dev.fettle.engine.confidence.ConfidenceModel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Runs candidates through the steps, cheapest first, until one is plausible.
 *
 * <p>Cheap steps run for each candidate as it comes; expensive ones only for finalists. When a
 * candidate passes the cheap steps, a few further ones are looked at, unless it leads clearly; of
 * those that pass, the best by generator's score, then by size, is judged to the end first.
 */
public final class Validator {
  private final List<ValidationStep> cheap;
  private final List<ValidationStep> expensive;
  private final Budget budget;
  private final LongSupplier nanos;
  private final ConfidenceModel learned = ConfidenceModel.bundled();

  /**
   * @param nanos monotonic time
   */
  public Validator(List<ValidationStep> steps, Budget budget, LongSupplier nanos) {
    List<ValidationStep> ordered =
        steps.stream().sorted(Comparator.comparingInt(ValidationStep::cost)).toList();
    this.cheap = ordered.stream().filter(s -> s.cost() < budget.finalistCost()).toList();
    this.expensive = ordered.stream().filter(s -> s.cost() >= budget.finalistCost()).toList();
    this.budget = budget;
    this.nanos = nanos;
  }

  /** Takes candidates until one is plausible, none is left or the budget is spent. */
  public Selection select(Iterator<Candidate> candidates, RepairCase repairCase) {
    return new Search(candidates, repairCase).run();
  }

  /** One search; its state. */
  private final class Search {
    private final Iterator<Candidate> candidates;
    private final RepairCase repairCase;
    private final Deque<Candidate> putBack = new ArrayDeque<>();
    private final List<Trial> tried = new ArrayList<>();
    private final long began = nanos.getAsLong();

    Search(Iterator<Candidate> candidates, RepairCase repairCase) {
      this.candidates = candidates;
      this.repairCase = repairCase;
    }

    Selection run() {
      Optional<Plausible> chosen = Optional.empty();
      while (chosen.isEmpty() && goesOn()) {
        Trial trial = tryNext();
        if (trial.open()) {
          chosen = best(finalists(trial));
        }
      }
      return new Selection(tried.stream().map(Trial::judged).toList(), chosen);
    }

    private boolean goesOn() {
      return (!putBack.isEmpty() || candidates.hasNext())
          && tried.size() < budget.candidates()
          && inTime();
    }

    private boolean inTime() {
      return nanos.getAsLong() - began < budget.wall().toNanos();
    }

    private Trial tryNext() {
      Candidate candidate = putBack.isEmpty() ? candidates.next() : putBack.pop();
      Trial trial = new Trial(candidate, repairCase, learned);
      tried.add(trial);
      trial.run(cheap);
      return trial;
    }

    private List<Trial> finalists(Trial first) {
      List<Trial> finalists = new ArrayList<>(List.of(first));
      long until = nanos.getAsLong() + budget.lookAheadWall().toNanos();
      for (int i = 0; i < budget.lookAhead() && nanos.getAsLong() < until && goesOn(); i++) {
        if (putBack.isEmpty()) {
          putBack.push(candidates.next());
        }
        if (first.candidate().score() - putBack.getFirst().score() > budget.clearLead()) {
          break;
        }
        Trial further = tryNext();
        if (further.open()) {
          finalists.add(further);
        }
      }
      finalists.sort(
          Comparator.comparingDouble((Trial t) -> -t.candidate().score())
              .thenComparingInt(Trial::size));
      return finalists;
    }

    private Optional<Plausible> best(List<Trial> finalists) {
      for (Trial finalist : finalists) {
        if (finalist != finalists.get(0) && !inTime()) {
          break;
        }
        finalist.run(expensive);
        Optional<Plausible> plausible = finalist.conclude();
        if (plausible.isPresent()) {
          return plausible;
        }
      }
      return Optional.empty();
    }
  }
}
