package dev.fettle.cli.repair;

import dev.fettle.contract.model.Candidate;
import dev.fettle.contract.spi.RepairCase;
import dev.fettle.llm.repair.ModelGenerator;
import dev.fettle.llm.repair.ProposedExpressions;
import dev.fettle.llm.talk.Question;
import dev.fettle.search.RankedPatch;
import dev.fettle.search.Suggestion;
import dev.fettle.search.Suggestions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a language model says while the search runs: patches that passed the steps and the failing
 * tests, and expressions to complete. Where something passes already, the search waits no longer
 * than one question may take. Thread-safe.
 */
final class ModelAdvice implements Suggestions, ModelGenerator.Listener, AutoCloseable {
  private static final long LOOK_MILLIS = 100;

  private final String model;
  private final @Nullable Progress progress;
  private final long patient;
  private final long longest;
  private final LinkedBlockingQueue<Suggestion> come = new LinkedBlockingQueue<>();
  private final List<Candidate> candidates = new ArrayList<>();
  private volatile boolean done;
  private @Nullable Thread listening;

  /**
   * @param patience how long to wait when something passes already
   * @param budget how long to wait otherwise
   */
  ModelAdvice(String model, @Nullable Progress progress, Duration patience, Duration budget) {
    this.model = model;
    this.progress = progress;
    long now = System.nanoTime();
    this.patient = now + patience.toNanos();
    this.longest = now + budget.toNanos();
  }

  /** Nobody was asked. */
  static ModelAdvice none() {
    ModelAdvice none = new ModelAdvice("", null, Duration.ZERO, Duration.ZERO);
    none.done = true;
    return none;
  }

  void begin(ModelGenerator generator, RepairCase failing) {
    say("asking " + model + " beside the search");
    Thread thread = new Thread(() -> listen(generator, failing), "fettle-advice");
    thread.setDaemon(true);
    listening = thread;
    thread.start();
  }

  /** The generator throws what breaks it, which must not end the search. */
  private void listen(ModelGenerator generator, RepairCase failing) {
    try (Stream<Candidate> stream = generator.candidates(failing)) {
      stream.forEach(this::found);
    } catch (IllegalStateException e) {
      say(model + ": " + e.getMessage() + ": " + e.getCause());
    } finally {
      done = true;
    }
  }

  private void found(Candidate candidate) {
    synchronized (candidates) {
      candidates.add(candidate);
    }
    come.add(new Suggestion.Whole(candidate.patch(), candidate.generator(), candidate.rationale()));
  }

  @Override
  public List<Suggestion> taken() {
    List<Suggestion> taken = new ArrayList<>();
    come.drainTo(taken);
    return taken;
  }

  @Override
  public boolean more(boolean found) {
    long until = found ? Math.min(patient, longest) : longest;
    if (!come.isEmpty()) {
      return true;
    }
    if (done || System.nanoTime() - until >= 0) {
      return !come.isEmpty();
    }
    try {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * The search's patches and, after them, the model's that the search could not judge: those that
   * change several files, or one that it may not edit. They passed the failing tests.
   */
  List<RankedPatch> with(List<RankedPatch> ranked, Set<String> editable) {
    List<RankedPatch> all = new ArrayList<>(ranked);
    Set<Object> known = new HashSet<>();
    ranked.forEach(r -> known.add(r.candidate().patch()));
    synchronized (candidates) {
      for (Candidate candidate : candidates) {
        Set<String> paths = candidate.patch().paths();
        boolean judged = paths.size() == 1 && editable.containsAll(paths);
        if (!judged && known.add(candidate.patch())) {
          List<String> evidence = List.of("The failing tests pass with it in the laboratory.");
          all.add(new RankedPatch(candidate, evidence, 0, Optional.empty(), 0.05));
        }
      }
    }
    return all;
  }

  @Override
  public void suggested(RepairCase repairCase, ProposedExpressions expressions) {
    expressions.conditions().forEach(c -> come.add(new Suggestion.Condition(c)));
    expressions.ingredients().forEach(i -> come.add(new Suggestion.Ingredient(i)));
  }

  @Override
  public void attempted(RepairCase c, Question question, String answer, String verdict) {
    say(model + " answered: " + verdict.lines().findFirst().orElse(""));
  }

  @Override
  public void unanswered(RepairCase c, String why) {
    say(model + ": " + why);
  }

  private void say(String text) {
    if (progress != null) {
      progress.note(dev.fettle.llm.text.Untrusted.line(text, 300));
    }
  }

  /** Ends the asking. */
  @Override
  public void close() {
    Thread thread = listening;
    if (thread != null) {
      done = true;
      thread.interrupt();
    }
  }
}
