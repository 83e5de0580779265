package dev.fettle.llm.repair;

import dev.fettle.contract.model.Candidate;
import dev.fettle.contract.spi.PatchGenerator;
import dev.fettle.contract.spi.RepairCase;
import dev.fettle.llm.context.Brief;
import dev.fettle.llm.context.CaseReader;
import dev.fettle.llm.context.Span;
import dev.fettle.llm.prompt.Prompt;
import dev.fettle.llm.settings.LlmSettings;
import dev.fettle.llm.settings.SettingsException;
import dev.fettle.llm.settings.SettingsFile;
import dev.fettle.llm.talk.Conversation;
import dev.fettle.llm.talk.Deadline;
import dev.fettle.llm.talk.LanguageModel;
import dev.fettle.llm.talk.Question;
import dev.fettle.llm.talk.Schema;
import dev.fettle.llm.text.Untrusted;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Asks a model for a patch, at most three times, each time with what was wrong with the last one.
 * The asking begins when the stream is opened and goes on beside other generators; closing the
 * stream ends it. Thread-safe.
 */
public final class ModelGenerator implements PatchGenerator {
  /** Name and version of the prompt. */
  public static final String PROMPT = "repair/1";

  private static final String NONE = "the repository's .fettle.yml says provider: none";
  private static final int ATTEMPTS = 3;
  private static final Prompt WORDS = Prompt.of("repair", 1);
  private static final Schema SCHEMA = Schema.resource(ModelGenerator.class, "repair");

  private final LanguageModel model;
  private final LlmSettings settings;
  private final CaseReader reader;
  private final Attempt attempt;
  private final Executor executor;
  private final LongSupplier nanos;
  private final Listener listener;

  /** Hears what was asked and what became of it. Called on the asking thread. */
  public interface Listener {
    /** An attempt ended; {@code verdict} is {@code passed}, or the refusing step and why. */
    void attempted(RepairCase repairCase, Question question, String answer, String verdict);

    /** The model named what a search may complete; called before its edits are judged. */
    default void suggested(RepairCase repairCase, ProposedExpressions expressions) {}

    /** No answer could be had. */
    void unanswered(RepairCase repairCase, String why);

    /** Hears nothing. */
    static Listener none() {
      return new Listener() {
        @Override
        public void attempted(RepairCase c, Question q, String answer, String verdict) {}

        @Override
        public void unanswered(RepairCase c, String why) {}
      };
    }
  }

  /**
   * @param executor runs the asking; one thread each case is enough
   * @param nanos monotonic time
   */
  public ModelGenerator(
      LanguageModel model,
      LlmSettings settings,
      CaseReader reader,
      Attempt attempt,
      Executor executor,
      LongSupplier nanos,
      Listener listener) {
    this.model = model;
    this.settings = settings;
    this.reader = reader;
    this.attempt = attempt;
    this.executor = executor;
    this.nanos = nanos;
    this.listener = listener;
  }

  @Override
  public String name() {
    return "llm";
  }

  @Override
  public boolean slow() {
    return true;
  }

  @Override
  public Stream<Candidate> candidates(RepairCase repairCase) {
    Optional<LlmSettings> allowed = allowed(repairCase);
    if (allowed.isEmpty()) {
      return Stream.empty();
    }
    Asking asking = new Asking(repairCase, allowed.get());
    executor.execute(asking::run);
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(asking, Spliterator.ORDERED), false)
        .onClose(asking::cancel);
  }

  /** How asking about a case begins. */
  public sealed interface Beginning {
    /**
     * What is asked.
     *
     * @param unsent texts whose vectors are asked for before, see {@link Brief#unsent}
     */
    record Asked(Question question, List<String> unsent) implements Beginning {}

    /** Nobody may be asked about this repository, and why. */
    record Nobody(String why) implements Beginning {}
  }

  /**
   * The question that a case begins with; nothing is sent. Where the owner configured no model, the
   * one that any model would be asked; where the repository allows none, nobody is asked.
   */
  public Beginning first(RepairCase repairCase) {
    try {
      LlmSettings left = narrowed(repairCase);
      if (settings.on() && !left.on()) {
        return new Beginning.Nobody(NONE);
      }
      Brief brief = reader.shown(repairCase, left);
      return new Beginning.Asked(question(repairCase, brief, left), brief.unsent());
    } catch (SettingsException e) {
      return new Beginning.Nobody(String.valueOf(e.getMessage()));
    }
  }

  /** What the repository's own file leaves of the settings; empty when it says none. */
  private Optional<LlmSettings> allowed(RepairCase repairCase) {
    try {
      LlmSettings left = narrowed(repairCase);
      if (settings.on() && !left.on()) {
        listener.unanswered(repairCase, NONE);
      }
      return Optional.of(left).filter(LlmSettings::on);
    } catch (SettingsException e) {
      listener.unanswered(repairCase, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private LlmSettings narrowed(RepairCase repairCase) {
    return repairCase
        .tree()
        .text(".fettle.yml")
        .map(t -> SettingsFile.narrowed(settings, t))
        .orElse(settings);
  }

  private static Question question(RepairCase repairCase, Brief brief, LlmSettings allowed) {
    return new Question(
        "repair",
        repairCase.incident().id().value(),
        WORDS.id(),
        WORDS.system(),
        WORDS.fill(brief.parts()),
        SCHEMA,
        allowed.budget().answerTokens());
  }

  /** One case being asked about; the candidate is handed from the asking to the taking thread. */
  private final class Asking implements Iterator<Candidate> {
    private final RepairCase repairCase;
    private final LlmSettings allowed;
    private final CompletableFuture<Optional<Candidate>> result = new CompletableFuture<>();
    private volatile @Nullable Thread thread;
    private volatile boolean cancelled;
    private boolean taken;

    Asking(RepairCase repairCase, LlmSettings allowed) {
      this.repairCase = repairCase;
      this.allowed = allowed;
    }

    void run() {
      thread = Thread.currentThread();
      try {
        result.complete(cancelled ? Optional.empty() : ask());
      } catch (RuntimeException | LinkageError | StackOverflowError e) {
        result.completeExceptionally(e);
      } finally {
        thread = null;
      }
    }

    void cancel() {
      cancelled = true;
      Thread asking = thread;
      if (asking != null) {
        asking.interrupt();
      }
      result.complete(Optional.empty());
    }

    private Optional<Candidate> ask() {
      Deadline deadline = Deadline.after(allowed.budget().timeout().multipliedBy(ATTEMPTS), nanos);
      Brief brief = reader.read(repairCase, allowed);
      Question question = question(repairCase, brief, allowed);
      Conversation conversation = new Conversation(model.within(allowed.budget()));
      for (int n = 1; n <= ATTEMPTS && !cancelled && !deadline.passed(); n++) {
        Conversation.Outcome outcome =
            conversation.ask(question, deadline.within(allowed.budget().timeout()));
        if (outcome instanceof Conversation.Outcome.Nothing nothing) {
          listener.unanswered(repairCase, nothing.why().display());
          return Optional.empty();
        }
        Conversation.Outcome.Data data = (Conversation.Outcome.Data) outcome;
        ProposedExpressions expressions = ProposedExpressions.read(data.value(), files(brief));
        if (!expressions.isEmpty()) {
          listener.suggested(repairCase, expressions);
        }
        ProposedEdits.Reading reading = ProposedEdits.read(data.value(), brief, repairCase.tree());
        Verdict verdict = judge(reading, data, n);
        listener.attempted(repairCase, question, data.answer().text(), verdict.words());
        if (verdict.candidate() != null || verdict.last()) {
          return Optional.ofNullable(verdict.candidate());
        }
        question = question.adding(again(n, verdict.words()));
      }
      return Optional.empty();
    }

    private List<String> files(Brief brief) {
      return brief.spans().stream()
          .map(Span::path)
          .distinct()
          .flatMap(p -> repairCase.tree().text(p).stream())
          .toList();
    }

    private Verdict judge(
        ProposedEdits.Reading reading, Conversation.Outcome.Data data, int attemptNumber) {
      if (reading instanceof ProposedEdits.Reading.Declined) {
        return new Verdict(null, true, "declined");
      }
      if (reading instanceof ProposedEdits.Reading.Refused refused) {
        return new Verdict(null, false, "edits: " + refused.reason());
      }
      Candidate candidate =
          new Candidate(
              ((ProposedEdits.Reading.Proposed) reading).patch(),
              "llm/" + PROMPT,
              rationale(data),
              score(attemptNumber));
      Optional<Attempt.Refusal> refusal = attempt.refusal(candidate, repairCase);
      return refusal.isEmpty()
          ? new Verdict(candidate, true, "passed")
          : new Verdict(null, false, refusal.get().step() + ": " + refusal.get().evidence());
    }

    @Override
    public boolean hasNext() {
      if (taken) {
        return false;
      }
      try {
        return result.get().isPresent();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      } catch (ExecutionException e) {
        throw new IllegalStateException("asking the model failed", e.getCause());
      }
    }

    @Override
    public Candidate next() {
      if (!hasNext()) {
        throw new NoSuchElementException("no further candidate");
      }
      taken = true;
      return result.join().orElseThrow();
    }
  }

  private record Verdict(@Nullable Candidate candidate, boolean last, String words) {}

  /** What a model says of itself counts for nothing: an earlier attempt counts for a little. */
  private static double score(int attemptNumber) {
    return 0.55 - 0.05 * (attemptNumber - 1);
  }

  /** For people, one line; the model's words are marked as such. */
  private static String rationale(Conversation.Outcome.Data data) {
    List<String> parts = new ArrayList<>();
    for (String key : List.of("rootCause", "rationale", "callers")) {
      String text = Untrusted.line(data.value().path(key).asString(""), 300);
      if (!text.isBlank()) {
        parts.add(text);
      }
    }
    return "a language model says: " + String.join(" ", parts);
  }

  private static String again(int attemptNumber, String why) {
    return "## After attempt "
        + attemptNumber
        + "\nYour edits were refused. "
        + Untrusted.tagged("evidence", "validation", Untrusted.block(why, 2500))
        + "\nAnswer with other edits.";
  }
}
