package dev.fettle.engine.plan;

import dev.fettle.contract.model.Candidate;
import dev.fettle.contract.model.Patch;
import dev.fettle.contract.model.Replacement;
import dev.fettle.contract.model.StalePatchException;
import dev.fettle.contract.spi.PatchGenerator;
import dev.fettle.contract.spi.RepairCase;
import dev.fettle.contract.spi.SourceTree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Candidates, best score first as far as the generators' own order allows: of all generators' next
 * candidates the best comes next. Two that leave the same text are one. Confined to one thread.
 *
 * <p>A generator that throws ends alone; what it threw is an {@link #events() event}. This is one
 * of the firebreaks of the build.
 */
public final class Plan implements Iterator<Candidate>, AutoCloseable {
  private final SourceTree tree;
  private final List<Source> sources = new ArrayList<>();
  private final List<String> events = new ArrayList<>();
  private final Set<Map<String, String>> results = new HashSet<>();
  private final Set<List<Replacement>> stale = new HashSet<>();
  private int left;
  private @Nullable Candidate next;

  Plan(List<PatchGenerator> generators, RepairCase repairCase, int limit) {
    this.tree = repairCase.tree();
    this.left = limit;
    for (PatchGenerator generator : generators) {
      guarded(generator.name(), () -> Optional.of(generator.candidates(repairCase)))
          .ifPresent(s -> sources.add(new Source(generator, s)));
    }
    sources.sort(Comparator.comparing(s -> s.slow));
  }

  @Override
  public boolean hasNext() {
    while (next == null && left > 0) {
      Source best = best();
      if (best == null) {
        return false;
      }
      Candidate candidate = best.take();
      if (isNew(candidate.patch())) {
        next = candidate;
        left--;
      }
    }
    return next != null;
  }

  /** Slow generators are waited for only when no other has a candidate. */
  private @Nullable Source best() {
    Source best = null;
    for (Source source : sources) {
      boolean wait = !source.slow || best == null || source.head != null;
      Candidate head = wait ? source.head() : null;
      if (head != null && (best == null || head.score() > best.score())) {
        best = source;
      }
    }
    return best;
  }

  @Override
  public Candidate next() {
    Candidate candidate = hasNext() ? next : null;
    if (candidate == null) {
      throw new NoSuchElementException("no further candidate");
    }
    next = null;
    return candidate;
  }

  /** What went wrong in generators so far, one line each. */
  public List<String> events() {
    return List.copyOf(events);
  }

  /** One line for people. */
  public String summary() {
    return "generators: "
        + (sources.isEmpty()
            ? "none"
            : String.join(", ", sources.stream().map(s -> s.name).toList()));
  }

  @Override
  public void close() {
    for (Source source : sources) {
      guarded(
          source.name,
          () -> {
            source.stream.close();
            return Optional.empty();
          });
    }
  }

  /** A patch that does not fit the tree is let through once: the validator says why. */
  private boolean isNew(Patch patch) {
    Map<String, String> after = new HashMap<>();
    try {
      for (String path : patch.paths()) {
        Optional<String> before = tree.text(path);
        if (before.isEmpty()) {
          return stale.add(patch.replacements());
        }
        after.put(path, patch.apply(path, before.get()));
      }
    } catch (StalePatchException e) {
      return stale.add(patch.replacements());
    }
    return results.add(after);
  }

  private <T> Optional<T> guarded(String generator, Supplier<Optional<T>> call) {
    try {
      return call.get();
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      events.add("generator " + generator + " failed: " + e);
      return Optional.empty();
    }
  }

  /** One generator's stream with its next candidate. */
  private final class Source {
    private final String name;
    private final boolean slow;
    private final Stream<Candidate> stream;
    private @Nullable Iterator<Candidate> iterator;
    private @Nullable Candidate head;
    private boolean ended;

    Source(PatchGenerator generator, Stream<Candidate> stream) {
      this.name = generator.name();
      this.slow = generator.slow();
      this.stream = stream;
    }

    @Nullable Candidate head() {
      if (head == null && !ended) {
        head = guarded(name, this::pull).orElse(null);
        ended = head == null;
      }
      return head;
    }

    double score() {
      return head == null ? -1 : head.score();
    }

    Candidate take() {
      Candidate taken = head;
      if (taken == null) {
        throw new NoSuchElementException(name);
      }
      head = null;
      return taken;
    }

    private Optional<Candidate> pull() {
      Iterator<Candidate> i = iterator == null ? stream.iterator() : iterator;
      iterator = i;
      return i.hasNext() ? Optional.of(i.next()) : Optional.empty();
    }
  }
}
