package dev.fettle.search;

import dev.fettle.contract.model.Candidate;
import dev.fettle.contract.model.TrialBaseline;
import dev.fettle.contract.model.TrialTest;
import dev.fettle.contract.spi.CandidateBench;
import dev.fettle.source.java.Focus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Orders what passed all tests. The cost decides; a patch that throws on an input where the program
 * did not, or that changes results although the program only failed by throwing, costs more. Of
 * patches that behave alike on all inputs the cheapest comes first, then those that behave in
 * another way.
 */
final class Ranking {
  private static final int COMPARED = 40;
  private static final int INPUTS = 16;
  private static final double THROWS = 1.0;
  private static final double CHANGES = 1.0;

  private final SearchTask task;
  private final CandidateBench bench;
  private final Map<String, Unit> units;
  private final BatchText texts;
  private final long steps;
  private final Map<Proposal, Suggestion.Whole> origins;

  /**
   * @param origins of proposals that other generators made
   */
  Ranking(
      SearchTask task,
      CandidateBench bench,
      Map<String, Unit> units,
      BatchText texts,
      long steps,
      Map<Proposal, Suggestion.Whole> origins) {
    this.task = task;
    this.bench = bench;
    this.units = units;
    this.texts = texts;
    this.steps = steps;
    this.origins = origins;
  }

  /** A patch with what it did on the inputs; no outcomes where none were asked for. */
  record Judged(Proposal proposal, List<String> outcomes, double cost) {}

  List<RankedPatch> rank(List<Proposal> plausible) {
    List<Proposal> sorted = new ArrayList<>(plausible);
    sorted.sort(Comparator.comparingDouble(Proposal::cost));
    List<InputChanges.Changed> inputs = inputs();
    List<Judged> judged = judged(sorted, inputs);
    judged.sort(Comparator.comparingDouble(Judged::cost));
    List<Judged> chosen = new ArrayList<>();
    Set<List<String>> groups = new HashSet<>();
    List<Judged> again = new ArrayList<>();
    for (Judged one : judged) {
      if (chosen.size() == task.patches()) {
        break;
      } else if (!one.outcomes().isEmpty() && groups.contains(one.outcomes())) {
        again.add(one);
      } else if (compiles(one.proposal())) {
        groups.add(one.outcomes());
        chosen.add(one);
      }
    }
    for (Judged one : again) {
      if (chosen.size() < task.patches() && compiles(one.proposal())) {
        chosen.add(one);
      }
    }
    return described(chosen, judged, inputs);
  }

  private List<InputChanges.Changed> inputs() {
    List<TrialTest.MainOutput> mains =
        task.program().tests().stream()
            .filter(TrialTest.MainOutput.class::isInstance)
            .map(TrialTest.MainOutput.class::cast)
            .toList();
    return new InputChanges(task.seed()).of(mains, INPUTS);
  }

  private List<Judged> judged(List<Proposal> sorted, List<InputChanges.Changed> inputs) {
    List<Proposal> compared = sorted.stream().filter(texts::shares).limit(COMPARED).toList();
    Map<Proposal, List<String>> outcomes = new HashMap<>();
    List<String> before = List.of();
    if (compared.size() > 1 && !inputs.isEmpty()) {
      try {
        Map<Integer, List<String>> behaved =
            bench.behave(
                texts.of(compared, true),
                inputs.stream().map(InputChanges.Changed::test).toList(),
                steps);
        before = behaved.getOrDefault(0, List.of());
        for (int i = 0; i < compared.size(); i++) {
          outcomes.put(compared.get(i), behaved.getOrDefault(i + 1, List.of()));
        }
      } catch (CandidateBench.Unusable e) {
        outcomes.clear(); // then the cost alone decides
      }
    }
    boolean onlyThrows = onlyThrows();
    List<Judged> judged = new ArrayList<>();
    for (Proposal proposal : sorted) {
      List<String> own = outcomes.getOrDefault(proposal, List.of());
      judged.add(new Judged(proposal, own, proposal.cost() + charge(before, own, onlyThrows)));
    }
    return judged;
  }

  /** Whether the program never gave a wrong answer in a test: it threw. */
  private boolean onlyThrows() {
    return bench.baseline().runs().stream()
        .filter(r -> r.end() == TrialBaseline.End.FAILED)
        .allMatch(Ranking::throwsWithoutAsserting);
  }

  /** Whether a test ended by an exception that says nothing about a result. */
  static boolean throwsWithoutAsserting(TrialBaseline.Run run) {
    return run.failure()
        .filter(f -> !f.type().startsWith("dev.fettle.lab."))
        .filter(f -> !f.type().contains("Assertion") && !f.type().contains("Comparison"))
        .isPresent();
  }

  private static double charge(List<String> before, List<String> own, boolean onlyThrows) {
    int honest = 0;
    int thrown = 0;
    int changed = 0;
    for (int i = 0; i < Math.min(before.size(), own.size()); i++) {
      if (!before.get(i).contains("!") && !before.get(i).equals("?")) {
        honest++;
        thrown += own.get(i).contains("!") ? 1 : 0;
        changed += own.get(i).equals(before.get(i)) ? 0 : 1;
      }
    }
    if (honest == 0) {
      return 0;
    }
    return THROWS * thrown / honest + (onlyThrows ? CHANGES * changed / honest : 0);
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

  private List<RankedPatch> described(
      List<Judged> chosen, List<Judged> all, List<InputChanges.Changed> inputs) {
    Map<List<String>, Integer> groups = new LinkedHashMap<>();
    List<RankedPatch> ranked = new ArrayList<>();
    for (int i = 0; i < chosen.size(); i++) {
      Judged one = chosen.get(i);
      int group =
          one.outcomes().isEmpty()
              ? groups.size() + 1
              : groups.computeIfAbsent(one.outcomes(), k -> groups.size() + 1);
      Optional<String> input =
          i + 1 < chosen.size() ? distinguishing(one, chosen.get(i + 1), inputs) : Optional.empty();
      ranked.add(ranked(one, group, input, all));
    }
    return ranked;
  }

  private static Optional<String> distinguishing(
      Judged one, Judged next, List<InputChanges.Changed> inputs) {
    for (int i = 0; i < Math.min(one.outcomes().size(), next.outcomes().size()); i++) {
      if (!one.outcomes().get(i).equals(next.outcomes().get(i))) {
        return Optional.of(
            inputs.get(i).shown()
                + " gives "
                + one.outcomes().get(i).strip()
                + ", with the next "
                + next.outcomes().get(i).strip());
      }
    }
    return Optional.empty();
  }

  private RankedPatch ranked(Judged one, int group, Optional<String> input, List<Judged> all) {
    Proposal proposal = one.proposal();
    Unit unit = Objects.requireNonNull(units.get(proposal.path()));
    double total = all.stream().mapToDouble(j -> Math.exp(-j.cost())).sum();
    double alike =
        all.stream()
            .filter(
                j ->
                    j.equals(one)
                        || (!one.outcomes().isEmpty() && j.outcomes().equals(one.outcomes())))
            .mapToDouble(j -> Math.exp(-j.cost()))
            .sum();
    double confidence = Math.max(0.05, Math.min(0.95, alike / total));
    List<String> evidence = new ArrayList<>();
    evidence.add("All " + task.program().tests().size() + " tests pass with it.");
    long same = all.stream().filter(j -> j.outcomes().equals(one.outcomes())).count();
    if (!one.outcomes().isEmpty()) {
      evidence.add(
          same + " of " + all.size() + " patches that pass behave like it on further inputs.");
    }
    if (proposal.operator().contains(Draft.SUGGESTED)) {
      evidence.add("It uses an expression that a language model suggested.");
    }
    Suggestion.Whole origin = origins.get(proposal);
    Map<String, Double> features =
        new RankFeatures(all, task, bench.baseline()).of(one, alike / total);
    Candidate candidate =
        new Candidate(
            SearchEngine.patch(unit, proposal),
            origin == null ? "search/" + proposal.operator() : origin.generator(),
            origin == null
                ? "With this change (" + proposal.operator() + ") every test passes."
                : origin.rationale(),
            confidence,
            features);
    return new RankedPatch(candidate, evidence, group, input, confidence);
  }
}
