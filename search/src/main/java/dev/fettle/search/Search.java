package dev.fettle.search;

import dev.fettle.contract.model.CandidateVerdict;
import dev.fettle.contract.model.Replacement;
import dev.fettle.contract.model.TrialBaseline;
import dev.fettle.contract.spi.CandidateBench;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** One search. Confined to its thread. */
final class Search {
  private static final long FIRST_STEPS = 4_000;
  private static final int BATCH_CHARS = 1_200_000;
  private static final int FIRST_BATCH = 60;
  private static final int LARGEST_BATCH = 800;

  /** What candidates that need more steps may take of the time, while there are others. */
  private static final double RETRY_SHARE = 0.2;

  /** So many failing tests run for every candidate, to learn which of them it repairs. */
  private static final int ALWAYS = 3;

  /** What a step costs in code that is interpreted, about. */
  private static final long STEP_NANOS = 5;

  private static final double NO_LONGER_THROWS = 0.3;

  /** The part of the budget that the ranking gets, and the most of it. */
  private static final double RANKING = 0.06;

  private static final long MOST_RANKING = 5_000_000_000L;

  /** Once something passes, what is that much less likely than it is not looked at. */
  private static final double MARGIN = 3.0;

  private final SearchTask task;
  private final CandidateBench bench;
  private final Map<String, Unit> units;
  private final ToLongFunction<CandidateBench> clock;
  private final SearchListener listener;
  private final CandidateQueue queue;
  private final BatchText texts;
  private final long begin;
  private final List<Integer> tests = new ArrayList<>();
  private int failing;
  private final Set<Integer> throwing = new HashSet<>();
  private final List<Proposal> plausible = new ArrayList<>();
  private final List<Proposal> alone = new ArrayList<>();
  private final PairQueue pairs = new PairQueue();
  private static final int PLACES = 24;

  /** Proposals that a batch cannot hold, judged after each: one costs as much as a batch. */
  private static final int ALONE = 8;

  /** What places may take of the time at most. */
  private static final double PLACES_SHARE = 0.3;

  private final List<Slow> slow = new ArrayList<>();
  private final List<Proposal> given = new ArrayList<>();
  private final Map<Proposal, Suggestion.Whole> origins = new HashMap<>();
  private long steps;
  private long tried;
  private long refused;
  private long retryNanos;
  private long judgeNanos;
  private long placesNanos;
  private long openedNanos;
  private long first = -1;
  private int size = FIRST_BATCH;

  /**
   * How unlikely a whole patch of another generator is: as a common operator at a suspicious place.
   * Not measured.
   */
  private static final double SUGGESTED_COST = 3.0;

  /** A proposal that needs more steps than it was given. */
  private record Slow(Proposal proposal, long steps) {}

  Search(
      SearchTask task,
      CandidateBench bench,
      Map<String, Unit> units,
      OperatorPrior prior,
      ToLongFunction<CandidateBench> clock,
      SearchListener listener) {
    this.task = task;
    this.bench = bench;
    this.units = units;
    this.clock = clock;
    this.listener = listener;
    this.queue = new CandidateQueue(prior);
    this.texts = new BatchText(units);
    this.begin = clock.applyAsLong(bench);
  }

  SearchReport run() {
    order();
    ConditionSynthesis conditions = new ConditionSynthesis(bench, texts, tests, failing, steps);
    String note = "";
    try {
      look(conditions);
    } catch (CandidateBench.Unusable e) {
      note = String.valueOf(e.getMessage()); // what was found until then holds
    } catch (RuntimeException e) {
      note = "the search broke: " + e; // no fault of the project's: nor is what was found
    }
    long before = spent();
    Ranking ranking = new Ranking(task, bench, units, texts, steps, origins, this::timeLeft);
    List<RankedPatch> ranked = ranking.rank(plausible);
    return new SearchReport(
        ranked,
        plausible.size(),
        tried,
        refused,
        first,
        spent(),
        bench.spent(),
        new SearchReport.Synthesis(
            conditions.explored(), conditions.turned(), conditions.enumerated()),
        new SearchReport.Phases(openedNanos, judgeNanos, placesNanos, spent() - before),
        note);
  }

  /** Until the budget is spent, nothing is left or better patches are unlikely. */
  private void look(ConditionSynthesis conditions) throws CandidateBench.Unusable {
    Suspicion suspicion =
        task.suspects().isEmpty()
            ? Suspicion.measured(bench.baseline(), units.keySet())
            : Suspicion.given(task.suspects());
    units.values().forEach(u -> queue.open(u, suspicion));
    openedNanos = spent();
    while (spent() < searchNanos()
        && tried < task.candidates()
        && !task.cancelled().getAsBoolean()) {
      task.suggestions().taken().forEach(this::take);
      List<Proposal> batch = enough() ? given() : batch();
      if (!enough() && explore(conditions, batch.isEmpty()) && batch.isEmpty()) {
        batch = batch();
      }
      if (batch.isEmpty() && !enough() && !queue.places().isEmpty()) {
        continue;
      }
      if (batch.isEmpty() && (slow.isEmpty() || enough())) {
        if (task.suggestions().more(!plausible.isEmpty())) {
          continue;
        }
        break;
      }
      if (!batch.isEmpty()) {
        judge(batch, steps);
      }
      retrySlow(batch.isEmpty());
      listener.progress("search", tried, plausible.size(), spent());
    }
  }

  /** Once something passes, a part of the budget is kept for comparing what does. */
  private long searchNanos() {
    long whole = task.budget().toNanos();
    return plausible.isEmpty() ? whole : whole - Math.min((long) (whole * RANKING), MOST_RANKING);
  }

  /** Whether something new came of it. */
  private boolean explore(ConditionSynthesis conditions, boolean nothingElse)
      throws CandidateBench.Unusable {
    List<Place> places = queue.places();
    boolean dear = placesNanos > spent() * PLACES_SHARE;
    if (places.isEmpty() || (!nothingElse && (places.size() < PLACES || dear))) {
      return false;
    }
    long before = spent();
    List<Place> now = new ArrayList<>(places.subList(0, Math.min(PLACES, places.size())));
    places.subList(0, now.size()).clear();
    List<Proposal> found = conditions.proposals(now);
    found.forEach(queue::add);
    placesNanos += spent() - before;
    return !found.isEmpty() || !places.isEmpty();
  }

  private boolean timeLeft() {
    return spent() < task.budget().toNanos();
  }

  private long spent() {
    return clock.applyAsLong(bench) - begin;
  }

  /** Failing tests first, the cheaper before; the rest as they come. */
  private void order() {
    List<TrialBaseline.Run> runs = bench.baseline().runs();
    List<Integer> green = new ArrayList<>();
    long most = 0;
    for (int i = 0; i < runs.size(); i++) {
      if (runs.get(i).end() == TrialBaseline.End.PASSED) {
        green.add(i);
      } else {
        tests.add(i);
      }
      if (Ranking.throwsWithoutAsserting(runs.get(i))) {
        throwing.add(i);
      }
      if (runs.get(i).end() != TrialBaseline.End.EXHAUSTED) {
        most = Math.max(most, runs.get(i).steps());
      }
    }
    tests.sort(Comparator.comparingLong(i -> runs.get(i).steps()));
    failing = tests.size();
    tests.addAll(green);
    steps = Math.max(FIRST_STEPS, most * 10);
  }

  /** What others suggest comes in turn with what the search makes itself. */
  private void take(Suggestion suggestion) {
    if (suggestion instanceof Suggestion.Whole whole) {
      proposal(whole)
          .filter(queue::fresh)
          .ifPresent(
              p -> {
                origins.put(p, whole);
                given.add(p);
              });
    } else if (suggestion instanceof Suggestion.Condition condition) {
      queue.suggest(List.of(condition.text()), List.of());
    } else if (suggestion instanceof Suggestion.Ingredient ingredient) {
      queue.suggest(List.of(), List.of(ingredient.text()));
    }
  }

  /** A patch of one editable file as a proposal; others are not for this engine. */
  private Optional<Proposal> proposal(Suggestion.Whole whole) {
    Set<String> paths = whole.patch().paths();
    Unit unit = paths.size() == 1 ? units.get(paths.iterator().next()) : null;
    if (unit == null) {
      return Optional.empty();
    }
    List<Edit> edits = new ArrayList<>();
    for (Replacement r : whole.patch().replacements()) {
      if (r.end() > unit.text().length()
          || !unit.text().substring(r.start(), r.end()).equals(r.expected())) {
        return Optional.empty();
      }
      edits.add(new Edit(r.start(), r.end(), r.text()).trimmed(unit.text()));
    }
    return Optional.of(
        new Proposal(paths.iterator().next(), edits, whole.generator(), SUGGESTED_COST));
  }

  private List<Proposal> given() {
    List<Proposal> batch = given.stream().filter(texts::shares).toList();
    if (batch.isEmpty() && !given.isEmpty()) {
      return List.of(given.remove(0));
    }
    given.removeAll(batch);
    return batch;
  }

  private List<Proposal> batch() {
    List<Proposal> batch = new ArrayList<>(given());
    if (!batch.isEmpty()) {
      return batch;
    }
    long characters = 0;
    int most = affordable();
    // Sources with thousands of sites take long to look at: that counts as searching too.
    while (batch.size() < most && characters < BATCH_CHARS && timeLeft()) {
      Proposal next = pairs.frontier() < queue.frontier() ? pair() : queue.next();
      if (next == null) {
        if (queue.frontier() == Double.POSITIVE_INFINITY
            && pairs.frontier() == Double.POSITIVE_INFINITY) {
          return batch.isEmpty() && !alone.isEmpty() ? List.of(alone.remove(0)) : batch;
        }
        continue;
      }
      if (!texts.shares(next)) {
        if (batch.isEmpty()) {
          return List.of(next);
        }
        alone.add(next);
        continue;
      }
      characters += length(next);
      batch.add(next);
    }
    size = Math.min(LARGEST_BATCH, size * 2);
    return batch;
  }

  /** No more than what is left of the budget is likely to pay for. */
  private int affordable() {
    long left = task.budget().toNanos() - spent();
    long each = tried + refused == 0 ? 0 : judgeNanos / (tried + refused);
    long payable = each == 0 ? size : Math.max(1, left / each);
    return (int) Math.min(size, Math.min(payable, Math.max(1, task.candidates() - tried)));
  }

  /** One whose text was not seen before; null when that one was. */
  private @Nullable Proposal pair() {
    Proposal pair = pairs.next();
    return pair != null && queue.fresh(pair) ? pair : null;
  }

  private long length(Proposal proposal) {
    Unit unit = units.get(proposal.path());
    Region region = unit == null ? null : unit.region(proposal.edits().get(0));
    return region == null ? 1000 : region.codeEnd() - region.codeStart() + 100L;
  }

  private void judge(List<Proposal> batch, long limit) throws CandidateBench.Unusable {
    long before = spent();
    judgeTogether(batch, limit);
    judgeNanos += spent() - before;
    for (int n = 0; n < ALONE && !alone.isEmpty() && timeLeft(); n++) {
      judgeTogether(List.of(alone.remove(0)), limit);
    }
  }

  private void judgeTogether(List<Proposal> batch, long limit) throws CandidateBench.Unusable {
    List<CandidateVerdict> verdicts =
        bench.judge(texts.of(batch), tests, Math.min(failing, ALWAYS), limit);
    List<Proposal> again = new ArrayList<>();
    for (CandidateVerdict verdict : verdicts) {
      Proposal proposal = batch.get(verdict.candidate() - 1);
      if (verdict.end() == CandidateVerdict.End.REFUSED_TOGETHER && proposal.host() != null) {
        again.add(proposal.apart());
      } else {
        hear(proposal, verdict, limit);
      }
    }
    if (!again.isEmpty() && timeLeft()) {
      judgeTogether(again, limit);
    }
  }

  private void hear(Proposal proposal, CandidateVerdict verdict, long limit) {
    switch (verdict.end()) {
      case REFUSED, REFUSED_TOGETHER -> {
        refused++;
        return;
      }
      case PASSED -> {
        plausible.add(proposal);
        if (first < 0) {
          first = spent();
        }
      }
      case EXHAUSTED -> slow.add(new Slow(proposal, limit));
      case FAILED, STUCK -> {
        if (!origins.containsKey(proposal)) {
          pairs.tried(proposal, progress(verdict));
        }
      }
    }
    tried++;
  }

  /** A test that passes counts whole, one that only no longer throws a little. */
  private double progress(CandidateVerdict verdict) {
    Set<Integer> passed = new HashSet<>(verdict.passed());
    Set<Integer> threw = new HashSet<>(verdict.threw());
    double sum = 0;
    for (int i = 0; i < failing; i++) {
      int test = tests.get(i);
      if (passed.contains(test)) {
        sum++;
      } else if (i < ALWAYS
          && verdict.end() == CandidateVerdict.End.FAILED
          && throwing.contains(test)) {
        sum += threw.contains(test) ? 0 : NO_LONGER_THROWS;
      }
    }
    return sum / (failing + 1);
  }

  /** With more steps, the likeliest first: fixed limits hide right patches of slow programs. */
  private void retrySlow(boolean nothingElse) throws CandidateBench.Unusable {
    long left = task.budget().toNanos() - spent();
    int many = nothingElse ? 40 : 8;
    boolean dear = retryNanos > spent() * RETRY_SHARE;
    if (slow.isEmpty() || (!nothingElse && (slow.size() < 8 || dear))) {
      return;
    }
    long before = spent();
    slow.sort(Comparator.comparingDouble(s -> s.proposal().cost() + Math.log((double) s.steps())));
    List<Slow> now = new ArrayList<>(slow.subList(0, Math.min(many, slow.size())));
    slow.removeAll(now);
    long limit = now.get(0).steps();
    while (now.size() > 1 && now.size() * limit * 20 * STEP_NANOS > left) {
      slow.add(now.remove(now.size() - 1));
    }
    List<Proposal> again =
        now.stream().filter(s -> s.steps() == limit).map(Slow::proposal).toList();
    now.stream().filter(s -> s.steps() != limit).forEach(slow::add);
    if (limit < 30_000_000) {
      tried -= again.size();
      List<Proposal> together = again.stream().filter(texts::shares).toList();
      if (!together.isEmpty()) {
        judge(together, limit * 20);
      }
    }
    retryNanos += spent() - before;
  }

  private boolean enough() {
    return best() != null && queue.frontier() > best().cost() + MARGIN;
  }

  private @Nullable Proposal best() {
    return plausible.stream().min(Comparator.comparingDouble(Proposal::cost)).orElse(null);
  }
}
