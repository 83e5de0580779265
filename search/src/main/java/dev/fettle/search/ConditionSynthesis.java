package dev.fettle.search;

import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.Tree;
import dev.fettle.contract.model.CandidateBatch;
import dev.fettle.contract.model.ProbedPlace;
import dev.fettle.contract.model.TrialBaseline;
import dev.fettle.contract.spi.CandidateBench;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds conditions from what they would have to say: at each place answers are forced until a
 * failing test passes, the values of what is in scope are recorded, and small conditions are built
 * that say the same. Where no answers help, nothing is tried. Source of the idea: Nopol (Xuan et
 * al. 2017). Confined to the searching thread.
 */
final class ConditionSynthesis {
  private static final int PASSING = 40;
  private static final int FAILING = 5;
  private static final int WAYS = 3;
  private static final int CONDITIONS = 200_000;

  /** Comparisons that take part in pairs. */
  private static final int JOINED = 500;

  /** Conditions of one form and way that are tried. */
  private static final int TRIED = 10;

  /** Of those that say what is wanted, as they were built. */
  private static final int LOOKED_AT = 80;

  private static final double SIZE = 0.2;

  /** What is built later is a little odder. */
  private static final double ORDER = 0.01;

  private final CandidateBench bench;
  private final BatchText texts;
  private final List<Integer> passing = new ArrayList<>();
  private final List<Integer> failing = new ArrayList<>();
  private final long steps;
  private int explored;
  private int turned;
  private long enumerated;

  /**
   * @param order of the tests, the cheaper before
   * @param failing how many of them fail, the first ones
   */
  ConditionSynthesis(
      CandidateBench bench, BatchText texts, List<Integer> order, int failing, long steps) {
    this.bench = bench;
    this.texts = texts;
    this.steps = steps;
    for (int i = 0; i < order.size(); i++) {
      if (i >= failing && passing.size() < PASSING) {
        passing.add(order.get(i));
      } else if (i < failing
          && this.failing.size() < FAILING
          && bench.baseline().runs().get(order.get(i)).end() != TrialBaseline.End.EXHAUSTED) {
        this.failing.add(order.get(i));
      }
    }
  }

  /** Places that were looked at so far. */
  int explored() {
    return explored;
  }

  /** Those of them where answers make a failing test pass. */
  int turned() {
    return turned;
  }

  /** Conditions that were built. */
  long enumerated() {
    return enumerated;
  }

  /** What is worth trying at these places. */
  List<Proposal> proposals(List<Place> places) throws CandidateBench.Unusable {
    List<Place> marked = places.stream().filter(texts::marks).toList();
    if (marked.isEmpty() || failing.isEmpty()) {
      return List.of();
    }
    List<List<ScopeValues.Value>> values = new ArrayList<>();
    for (Place place : marked) {
      List<ScopeValues.Value> own = new ArrayList<>(ScopeValues.at(place.site()));
      if (place.form() == Place.Form.CONDITION && ScopeValues.harmless(place.original())) {
        own.add(new ScopeValues.Value(place.original(), PredicateSpace.Column.Kind.TRUTH));
      }
      values.add(own);
    }
    CandidateBatch batch = texts.marked(marked, values);
    List<Proposal> all = new ArrayList<>();
    explored += marked.size();
    for (ProbedPlace seen : bench.explore(batch, passing, failing, steps)) {
      if (!seen.repaired().isEmpty()) {
        turned++;
        int index = seen.candidate() - 1;
        all.addAll(of(marked.get(index), values.get(index), seen));
      }
    }
    return all;
  }

  private List<Proposal> of(Place place, List<ScopeValues.Value> values, ProbedPlace seen) {
    List<ProbedPlace.Sample> samples = seen.samples();
    int own = place.form() == Place.Form.CONDITION ? values.size() - 1 : -1;
    if (own >= 0 && !values.get(own).text().equals(place.original())) {
      own = -1;
    }
    PredicateSpace space = new PredicateSpace(samples.size(), CONDITIONS);
    space.compare(columns(values, samples, own), constants(place));
    Map<String, Proposal> found = new TreeMap<>();
    boolean atoms = wanted(place, space, samples, own, found);
    if (!atoms) {
      space.join(JOINED);
      wanted(place, space, samples, own, found);
    }
    enumerated += space.enumerated();
    return List.copyOf(found.values());
  }

  private static List<PredicateSpace.Column> columns(
      List<ScopeValues.Value> values, List<ProbedPlace.Sample> samples, int own) {
    List<PredicateSpace.Column> columns = new ArrayList<>();
    for (int v = 0; v < values.size(); v++) {
      long[] row = new long[samples.size()];
      BitSet known = new BitSet();
      for (int i = 0; i < row.length; i++) {
        Long value = samples.get(i).values().get(v);
        if (value != null) {
          row[i] = value;
          known.set(i);
        }
      }
      if (v != own && !known.isEmpty()) {
        columns.add(
            new PredicateSpace.Column(values.get(v).text(), values.get(v).kind(), row, known));
      }
    }
    return columns;
  }

  /** The usual ones, and those that the method itself writes. */
  private static long[] constants(Place place) {
    Set<Long> constants = new LinkedHashSet<>(List.of(0L, 1L, -1L, 2L));
    Tree method = Surroundings.methodAround(place.site().path());
    new com.sun.source.util.TreeScanner<Void, Void>() {
      @Override
      public Void visitLiteral(LiteralTree literal, Void p) {
        if (literal.getValue() instanceof Integer number && constants.size() < 8) {
          constants.add((long) number);
        }
        return super.visitLiteral(literal, p);
      }
    }.scan(method, null);
    return constants.stream().mapToLong(Long::longValue).toArray();
  }

  /** Whether a condition was found that says what is wanted. */
  private static boolean wanted(
      Place place,
      PredicateSpace space,
      List<ProbedPlace.Sample> samples,
      int own,
      Map<String, Proposal> found) {
    boolean any = false;
    for (int way = 1; way <= WAYS; way++) {
      for (Shape shape : Shape.values()) {
        if (shape == Shape.REPLACE || place.form() == Place.Form.CONDITION) {
          any |= wanted(place, space, samples, own, shape, way, found);
        }
      }
    }
    return any;
  }

  /** How a found condition stands beside the one that is there. */
  private enum Shape {
    REPLACE,
    AND,
    OR
  }

  private static boolean wanted(
      Place place,
      PredicateSpace space,
      List<ProbedPlace.Sample> samples,
      int own,
      Shape shape,
      int way,
      Map<String, Proposal> found) {
    BitSet care = new BitSet();
    BitSet holds = new BitSet();
    for (int i = 0; i < samples.size(); i++) {
      ProbedPlace.Sample sample = samples.get(i);
      boolean mine = sample.way() == 0 || sample.way() == Math.min(way, ways(samples, sample));
      if (!mine || sample.used().isEmpty()) {
        continue;
      }
      boolean want = sample.used().get();
      Optional<Boolean> there = there(sample, own);
      if (shape == Shape.AND && there.isPresent()) {
        if (want && !there.get()) {
          return false;
        } else if (!there.get()) {
          continue;
        }
      } else if (shape == Shape.OR && there.isPresent()) {
        if (!want && there.get()) {
          return false;
        } else if (there.get()) {
          continue;
        }
      }
      care.set(i);
      holds.set(i, want);
    }
    List<PredicateSpace.Condition> conditions = space.consistent(care, holds, LOOKED_AT);
    String beside = beside(place);
    Map<PredicateSpace.Condition, Double> odd = new LinkedHashMap<>();
    for (int i = 0; i < conditions.size(); i++) {
      PredicateSpace.Condition one = conditions.get(i);
      int more = Math.max(0, Words.leaves(one.text()) - one.size());
      odd.putIfAbsent(one, Words.strangeness(one.text(), beside) + SIZE * more + ORDER * i);
    }
    odd.entrySet().stream()
        .sorted(Comparator.comparingDouble(e -> e.getValue() + SIZE * e.getKey().size()))
        .limit(TRIED)
        .forEach(e -> put(place, shape, e.getKey(), e.getValue() + 0.1 * (way - 1), found));
    return !conditions.isEmpty();
  }

  /** The code that the condition of a place is about. */
  private static String beside(Place place) {
    int start = place.span().start();
    int end = place.site().end();
    return place.site().unit().text().substring(start, Math.max(start, end));
  }

  private static int ways(List<ProbedPlace.Sample> samples, ProbedPlace.Sample of) {
    return samples.stream()
        .filter(s -> s.test() == of.test())
        .mapToInt(ProbedPlace.Sample::way)
        .max()
        .orElse(0);
  }

  /** What the condition that is there says; empty when it throws or was not asked. */
  private static Optional<Boolean> there(ProbedPlace.Sample sample, int own) {
    Long value = own < 0 ? null : sample.values().get(own);
    return value == null ? sample.asked() : Optional.of(value != 0);
  }

  private static void put(
      Place place,
      Shape shape,
      PredicateSpace.Condition condition,
      double extra,
      Map<String, Proposal> found) {
    String text = condition.text();
    boolean or = text.contains("||");
    boolean and = text.contains("&&");
    String there = place.original();
    boolean wide = there.contains("||") || there.contains("?");
    String whole =
        switch (shape) {
          case REPLACE -> text;
          case AND -> (or ? "(" + text + ")" : text) + " && " + (wide ? "(" + there + ")" : there);
          case OR ->
              (there.contains("?") ? "(" + there + ")" : there)
                  + " || "
                  + (and ? "(" + text + ")" : text);
        };
    double odd =
        extra
            + SIZE * (condition.size() - 1)
            + (shape == Shape.REPLACE && place.form() == Place.Form.CONDITION ? 0.5 : 0);
    List<Edit> edits = place.edits(whole);
    Proposal proposal =
        new Proposal(
            place.site().unit().file().path(),
            edits,
            place.operator(),
            place.cost() + odd,
            Host.of(place.site(), edits));
    found.merge(whole, proposal, (a, b) -> a.cost() <= b.cost() ? a : b);
  }
}
