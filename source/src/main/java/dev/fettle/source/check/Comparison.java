package dev.fettle.source.check;

import dev.fettle.contract.model.Candidate;
import dev.fettle.contract.model.StalePatchException;
import dev.fettle.contract.model.StepResult;
import dev.fettle.contract.spi.RepairCase;
import dev.fettle.contract.spi.ValidationStep;
import dev.fettle.source.java.JavaFile;
import dev.fettle.source.java.JavaProject;
import dev.fettle.source.java.JavaSources;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A step that compares what the patched files did before and after. The steps of one list share
 * what was read of the last candidate. Thread-safe.
 */
abstract class Comparison implements ValidationStep {
  private final Shared shared;
  private final String oracle;
  private final int cost;

  Comparison(Shared shared, String oracle, int cost) {
    this.shared = shared;
    this.oracle = oracle;
    this.cost = cost;
  }

  /** Traits of one file. */
  record Pair(String path, Traits before, Traits after, List<String> callers) {}

  /** What was read of one candidate. */
  record Read(Candidate candidate, RepairCase repairCase, Map<String, Pair> pairs) {}

  /** The last candidate's files, read once for all steps. */
  static final class Shared {
    private final JavaSources sources;
    private final AtomicReference<@Nullable Read> last = new AtomicReference<>();

    Shared(JavaSources sources) {
      this.sources = sources;
    }

    @SuppressWarnings(
        "ReferenceEquality") // steps are handed the same objects; comparing texts costs
    Read of(Candidate candidate, RepairCase repairCase) {
      Read known = last.get();
      if (known != null && known.candidate() == candidate && known.repairCase() == repairCase) {
        return known;
      }
      Read read = new Read(candidate, repairCase, pairs(candidate, repairCase));
      last.set(read);
      return read;
    }

    private Map<String, Pair> pairs(Candidate candidate, RepairCase repairCase) {
      JavaProject project = sources.project(repairCase.tree(), repairCase.project());
      Map<String, Pair> pairs = new LinkedHashMap<>();
      for (String path : candidate.patch().paths()) {
        String before = repairCase.tree().text(path).orElse("");
        Optional<JavaFile> old = project.parsed(path, before);
        Optional<JavaFile> now = project.parsed(path, candidate.patch().apply(path, before));
        if (old.isPresent() && now.isPresent()) {
          pairs.put(
              path,
              new Pair(
                  path,
                  Traits.of(old.get()),
                  Traits.of(now.get()),
                  CallerEffects.between(old.get(), now.get())));
        }
      }
      return pairs;
    }
  }

  @Override
  public final String oracle() {
    return oracle;
  }

  @Override
  public final int cost() {
    return cost;
  }

  @Override
  public final StepResult check(Candidate candidate, RepairCase repairCase) {
    Read read;
    try {
      read = shared.of(candidate, repairCase);
    } catch (StalePatchException e) {
      return new StepResult.Rejected(String.valueOf(e.getMessage()));
    }
    for (Pair pair : read.pairs().values()) {
      Optional<String> reason = objection(pair, read);
      if (reason.isPresent()) {
        return new StepResult.Rejected(pair.path() + ": " + reason.get());
      }
    }
    return new StepResult.Passed(fact(read));
  }

  /** Why the change of a file is refused; empty when it is not. */
  abstract Optional<String> objection(Pair pair, Read read);

  /** The same with what was read of the candidate. */
  String fact(Read read) {
    return fact();
  }

  /** One sentence of evidence when nothing is refused. */
  abstract String fact();
}
