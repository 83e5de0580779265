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
import java.util.function.BooleanSupplier;

/**
 * Orders what passed all tests. The cost decides; a patch that throws on an input where the program
 * did not, that changes results although the program only failed by throwing, or that changes what
 * methods return within tests that passed, costs more. Of patches that behave alike on all inputs
 * the cheapest comes first, then those that behave in another way.
 */
final class Ranking {
  private static final int COMPARED = 40;
  private static final int INPUTS = 16;
  private static final double THROWS = 1.0;
  private static final double CHANGES = 1.0;
  private static final double DELETES = 1.0;
  private static final double FURTHER = 2.0;

  /** Exceptions that are swallowed satisfy tests and hide faults. */
  private static final double SWALLOWS = 3.0;

  /** Test methods that are run again to see what patches change, and patches that are compared. */
  private static final int METHODS = 30;

  private static final int FAILING_METHODS = 5;
  private static final int COMPARED_BY_METHODS = 24;

  private final SearchTask task;
  private final CandidateBench bench;
  private final Map<String, Unit> units;
  private final BatchText texts;
  private final long steps;
  private final Map<Proposal, Suggestion.Whole> origins;
  private final BooleanSupplier timeLeft;

  /**
   * @param origins of proposals that other generators made
   * @param timeLeft once it says no, the cost alone decides
   */
  Ranking(
      SearchTask task,
      CandidateBench bench,
      Map<String, Unit> units,
      BatchText texts,
      long steps,
      Map<Proposal, Suggestion.Whole> origins,
      BooleanSupplier timeLeft) {
    this.task = task;
    this.bench = bench;
    this.units = units;
    this.texts = texts;
    this.steps = steps;
    this.origins = origins;
    this.timeLeft = timeLeft;
  }

  /**
   * A patch with what it did on the inputs; no outcomes where none were asked for.
   *
   * @param sideEffects what of its cost is for what it does on them
   */
  record Judged(Proposal proposal, List<String> outcomes, double sideEffects, double cost) {}

  /** Something that patches are run on, with what people are shown of it. */
  private record Input(TrialTest test, String shown) {}

  List<RankedPatch> rank(List<Proposal> plausible) {
    List<Proposal> sorted = new ArrayList<>(plausible);
    sorted.sort(Comparator.comparingDouble(p -> p.cost() + FURTHER * further(p)));
    List<Input> inputs = inputs();
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

  /** Changed main programs; of test methods the failing ones, then those that come first. */
  private List<Input> inputs() {
    List<TrialTest.MainOutput> mains = of(TrialTest.MainOutput.class);
    List<Input> inputs = new ArrayList<>();
    new InputChanges(task.seed())
        .of(mains, INPUTS)
        .forEach(c -> inputs.add(new Input(c.test(), c.shown())));
    List<TrialTest.TestMethod> methods = of(TrialTest.TestMethod.class);
    if (mains.isEmpty() && !methods.isEmpty()) {
      int failing = (int) failing();
      for (int i = 0; i < methods.size() && inputs.size() < METHODS; i++) {
        if (i < FAILING_METHODS || i >= failing) {
          TrialTest.TestMethod method = methods.get(i);
          inputs.add(new Input(method, method.className() + "#" + method.method()));
        }
      }
    }
    return inputs;
  }

  private <T extends TrialTest> List<T> of(Class<T> kind) {
    return task.program().tests().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private long failing() {
    return bench.baseline().runs().stream()
        .filter(r -> r.end() != TrialBaseline.End.PASSED)
        .count();
  }

  private List<Judged> judged(List<Proposal> sorted, List<Input> inputs) {
    boolean methods = inputs.stream().anyMatch(i -> i.test() instanceof TrialTest.TestMethod);
    List<Proposal> compared =
        sorted.stream()
            .filter(texts::shares)
            .limit(methods ? COMPARED_BY_METHODS : COMPARED)
            .toList();
    Map<Proposal, List<String>> outcomes = new HashMap<>();
    List<String> before = List.of();
    if (compared.size() > 1 && !inputs.isEmpty() && timeLeft.getAsBoolean()) {
      try {
        Map<Integer, List<String>> behaved =
            bench.behave(
                texts.of(compared, true), inputs.stream().map(Input::test).toList(), steps);
        before = behaved.getOrDefault(0, List.of());
        for (int i = 0; i < compared.size(); i++) {
          outcomes.put(compared.get(i), behaved.getOrDefault(i + 1, List.of()));
        }
      } catch (CandidateBench.Unusable e) {
        outcomes.clear(); // then the cost alone decides
      }
    }
    Map<Proposal, Double> charges = new HashMap<>();
    for (Map.Entry<Proposal, List<String>> entry : outcomes.entrySet()) {
      charges.put(entry.getKey(), charge(before, entry.getValue(), methods));
    }
    // What was not compared is not likelier than what was and changes most.
    double unknown = methods ? charges.values().stream().mapToDouble(c -> c).max().orElse(0) : 0;
    List<Judged> judged = new ArrayList<>();
    for (Proposal proposal : sorted) {
      List<String> own = outcomes.getOrDefault(proposal, List.of());
      double effects = charges.getOrDefault(proposal, unknown);
      double odd =
          FURTHER * further(proposal)
              + (methods && deletes(proposal) ? DELETES : 0)
              + (proposal.operator().contains(CatchException.OPERATOR) ? SWALLOWS : 0);
      judged.add(new Judged(proposal, own, effects, proposal.cost() + effects + odd));
    }
    return judged;
  }

  /** Changes beyond the first: what made them cheap in the search was progress, not likelihood. */
  private static long further(Proposal proposal) {
    return proposal.operator().chars().filter(c -> c == '+').count();
  }

  /** Code that only disappears satisfies weak tests too easily (Qi et al. 2015). */
  private static boolean deletes(Proposal proposal) {
    return proposal.edits().stream().allMatch(e -> e.text().isBlank());
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

  /**
   * What a patch costs for what it changes.
   *
   * @param methods whether the inputs are test methods: one that passed did so with the right
   *     values, so a patch that changes any of them is odd
   */
  private double charge(List<String> before, List<String> own, boolean methods) {
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
    double share = (double) changed / honest;
    double changes = methods ? (changed == 0 ? 0 : 0.5 + 0.5 * share) : onlyThrows() ? share : 0;
    return THROWS * thrown / honest + CHANGES * changes;
  }

  /** Another compiler compiled it first: javac has the last word, while there is time for it. */
  private boolean compiles(Proposal proposal) {
    if (!timeLeft.getAsBoolean()) {
      return true;
    }
    Unit unit = Objects.requireNonNull(units.get(proposal.path()));
    String text = Edit.apply(unit.text(), 0, unit.text().length(), proposal.edits());
    return task.project()
        .file(proposal.path(), text, Focus.everything())
        .filter(f -> f.errors().size() <= unit.file().errors().size())
        .isPresent();
  }

  private List<RankedPatch> described(List<Judged> chosen, List<Judged> all, List<Input> inputs) {
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

  private static Optional<String> distinguishing(Judged one, Judged next, List<Input> inputs) {
    for (int i = 0; i < Math.min(one.outcomes().size(), next.outcomes().size()); i++) {
      if (!one.outcomes().get(i).equals(next.outcomes().get(i))) {
        if (inputs.get(i).test() instanceof TrialTest.TestMethod) {
          return Optional.of(
              "in "
                  + inputs.get(i).shown()
                  + " methods of the changed file return other values than with the next");
        }
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
