package dev.fettle.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Pairs of proposals that were tried alone, the likeliest first. One that made progress, in that
 * tests pass or no longer throw, is paired with all others; of the rest only the likeliest are
 * paired. A pair that made more progress than its halves is kept and paired on. Confined to the
 * searching thread.
 */
final class PairQueue {
  private static final int SEEDS = 300;

  /** So many single changes at most. */
  private static final int MOST = 4;

  private static final int PARTNERS = 20_000;

  /** What a pair costs more than the sum of its halves. */
  private static final double PAIR = 1.0;

  private static final double WITHOUT_PROGRESS = 3.0;
  private static final double WITH_PROGRESS = -3.0;

  private final List<Proposal> tried = new ArrayList<>();
  private final Map<Proposal, Double> partial = new HashMap<>();
  private final PriorityQueue<Seed> seeds =
      new PriorityQueue<>(Comparator.comparingDouble(s -> s.cost));
  private final List<Seed> waiting = new ArrayList<>();

  /** Pairs that were handed out and not heard of yet: the progress of the better half. */
  private final Map<Proposal, Double> halves = new HashMap<>();

  private static final class Seed {
    private final Proposal proposal;
    private final double extra;
    private final int end;
    private int next;
    private double cost;

    Seed(Proposal proposal, double extra, int end) {
      this.proposal = proposal;
      this.extra = extra;
      this.end = end;
    }
  }

  /**
   * A proposal was tried and is no repair alone.
   *
   * @param share of the failing tests in which it makes progress, in [0, 1)
   */
  void tried(Proposal proposal, double share) {
    if (proposal.operator().contains("+")) {
      better(proposal, share);
      return;
    }
    if (tried.size() >= PARTNERS) {
      return;
    }
    int index = tried.size();
    tried.add(proposal);
    if (share > 0 && partial.putIfAbsent(proposal, share) == null) {
      add(new Seed(proposal, PAIR + WITH_PROGRESS - share, Integer.MAX_VALUE));
    } else if (index < SEEDS) {
      add(new Seed(proposal, PAIR + WITHOUT_PROGRESS, index));
    }
    if (!waiting.isEmpty()) {
      List<Seed> again = List.copyOf(waiting);
      waiting.clear();
      again.forEach(this::add);
    }
  }

  private void better(Proposal pair, double share) {
    Double before = halves.remove(pair);
    int edits = pair.operator().split("\\+").length;
    if (before != null
        && share > before
        && edits < MOST
        && partial.putIfAbsent(pair, share) == null) {
      add(new Seed(pair, WITH_PROGRESS - share, Integer.MAX_VALUE));
    }
  }

  private void add(Seed seed) {
    if (seed.next >= seed.end) {
      return;
    }
    if (seed.next >= tried.size()) {
      waiting.add(seed);
      return;
    }
    seed.cost = seed.proposal.cost() + tried.get(seed.next).cost() + seed.extra;
    seeds.add(seed);
  }

  double frontier() {
    Seed first = seeds.peek();
    return first == null ? Double.POSITIVE_INFINITY : first.cost;
  }

  /** The next pair whose halves do not overlap; null when there is none now. */
  @Nullable Proposal next() {
    for (Seed seed = seeds.poll(); seed != null; seed = seeds.poll()) {
      Proposal other = tried.get(seed.next);
      double cost = seed.cost;
      seed.next++;
      add(seed);
      if (!other.equals(seed.proposal)
          && other.path().equals(seed.proposal.path())
          && !other.overlaps(seed.proposal)) {
        List<Edit> edits = new ArrayList<>(seed.proposal.edits());
        edits.addAll(other.edits());
        Proposal pair =
            new Proposal(
                other.path(), edits, seed.proposal.operator() + "+" + other.operator(), cost);
        halves.put(
            pair,
            Math.max(partial.getOrDefault(seed.proposal, 0.0), partial.getOrDefault(other, 0.0)));
        return pair;
      }
    }
    return null;
  }
}
