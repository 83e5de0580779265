package dev.fettle.search;

import dev.fettle.contract.model.Candidate;
import dev.fettle.contract.spi.CandidateBench;
import dev.fettle.source.java.Focus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Orders what passed all tests. */
final class Ranking {
  private final SearchTask task;
  private final CandidateBench bench;
  private final Map<String, Unit> units;
  private final BatchText texts;
  private final long steps;

  Ranking(
      SearchTask task, CandidateBench bench, Map<String, Unit> units, BatchText texts, long steps) {
    this.task = task;
    this.bench = bench;
    this.units = units;
    this.texts = texts;
    this.steps = steps;
  }

  List<RankedPatch> rank(List<Proposal> plausible) {
    List<Proposal> sorted = new ArrayList<>(plausible);
    sorted.sort(Comparator.comparingDouble(Proposal::cost));
    List<RankedPatch> ranked = new ArrayList<>();
    for (Proposal proposal : sorted) {
      if (ranked.size() == task.patches()) {
        break;
      }
      if (compiles(proposal)) {
        ranked.add(ranked(proposal, ranked.size() + 1));
      }
    }
    return ranked;
  }

  /** Another compiler compiled it first: javac has the last word. */
  private boolean compiles(Proposal proposal) {
    Unit unit = Objects.requireNonNull(units.get(proposal.path()));
    String text = Edit.apply(unit.text(), 0, unit.text().length(), proposal.edits());
    return task.project()
        .file(proposal.path(), text, Focus.everything())
        .filter(f -> f.errors().size() <= unit.file().errors().size())
        .isPresent();
  }

  private RankedPatch ranked(Proposal proposal, int group) {
    Unit unit = Objects.requireNonNull(units.get(proposal.path()));
    double confidence = Math.max(0.05, Math.min(0.95, 1 / (1 + proposal.cost() / 8)));
    Candidate candidate =
        new Candidate(
            SearchEngine.patch(unit, proposal),
            "search/" + proposal.operator(),
            "a change by " + proposal.operator() + " makes every test pass",
            confidence);
    return new RankedPatch(
        candidate, List.of("all tests pass"), group, Optional.empty(), confidence);
  }

  long steps() {
    return steps;
  }

  CandidateBench bench() {
    return bench;
  }

  BatchText texts() {
    return texts;
  }
}
