package dev.fettle.llm.client;

import dev.fettle.llm.settings.LlmSettings.Prices;
import dev.fettle.llm.settings.ModelBudget;
import dev.fettle.llm.talk.Answer;
import dev.fettle.llm.talk.Deadline;
import dev.fettle.llm.talk.LanguageModel;
import dev.fettle.llm.talk.Question;
import dev.fettle.llm.talk.Reply;
import dev.fettle.llm.talk.Reply.Reason;
import dev.fettle.llm.talk.Reply.Unanswered;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks another model within the budget: a few at a time, again after failures with pauses that
 * double or that the server named, not at all while it rests; each attempt is in the ledger.
 * Thread-safe.
 */
final class PacedModel implements LanguageModel {
  static final int ATTEMPTS = 4;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

  private final LanguageModel model;
  private final ModelBudget budget;
  private final @Nullable Prices prices;
  private final Ledger ledger;
  private final Breaker breaker;
  private final Semaphore places;
  private final InstantSource clock;
  private final Pause pause;

  /** Waits; the double of tests does not. */
  interface Pause {
    void take(Duration duration) throws InterruptedException;
  }

  PacedModel(
      LanguageModel model,
      ModelBudget budget,
      @Nullable Prices prices,
      Ledger ledger,
      Breaker breaker,
      InstantSource clock,
      Pause pause) {
    this(model, budget, prices, ledger, breaker, new Semaphore(budget.parallel()), clock, pause);
  }

  private PacedModel(
      LanguageModel model,
      ModelBudget budget,
      @Nullable Prices prices,
      Ledger ledger,
      Breaker breaker,
      Semaphore places,
      InstantSource clock,
      Pause pause) {
    this.model = model;
    this.budget = budget;
    this.prices = prices;
    this.ledger = ledger;
    this.breaker = breaker;
    this.places = places;
    this.clock = clock;
    this.pause = pause;
  }

  /** Another model of the same server, within the same budget, ledger and places. */
  LanguageModel beside(LanguageModel other, Breaker own) {
    return new PacedModel(other, budget, prices, ledger, own, places, clock, pause);
  }

  @Override
  public String name() {
    return model.name();
  }

  /** Ledger, breaker and places are shared with the wider one. */
  @Override
  public LanguageModel within(ModelBudget narrower) {
    return new PacedModel(
        model, budget.under(narrower), prices, ledger, breaker, places, clock, pause);
  }

  @Override
  public Reply ask(Question question, Deadline outer) {
    Deadline deadline = outer.within(budget.timeout());
    try {
      if (!places.tryAcquire(deadline.left().toNanos(), TimeUnit.NANOSECONDS)) {
        return new Unanswered(Reason.TIMEOUT, "others are being asked");
      }
    } catch (InterruptedException e) {
      return interrupted();
    }
    try {
      return patiently(question, deadline);
    } catch (InterruptedException e) {
      return interrupted();
    } finally {
      places.release();
    }
  }

  private Reply patiently(Question question, Deadline deadline) throws InterruptedException {
    Duration wait = FIRST_PAUSE;
    for (int attempt = 1; ; attempt++) {
      Optional<Duration> rest = breaker.rest();
      if (rest.isPresent()) {
        return new Unanswered(Reason.RESTING, "for " + rest.get().toSeconds() + " s", rest);
      }
      Reply reply = once(question, deadline);
      if (!(reply instanceof Unanswered no) || !no.reason().retriable()) {
        return reply;
      }
      Duration next = no.retryAfter().orElse(wait);
      if (attempt == ATTEMPTS || next.compareTo(deadline.left()) >= 0) {
        no.retryAfter().ifPresent(breaker::asked);
        return reply;
      }
      pause.take(next);
      wait = wait.multipliedBy(2);
    }
  }

  private Reply once(Question question, Deadline deadline) {
    long input = question.estimatedTokens();
    long most = input + question.maxTokens();
    Optional<String> overrun = ledger.reserve(question.subject(), most, budget, prices, input);
    if (overrun.isPresent()) {
      return new Unanswered(Reason.BUDGET, overrun.get());
    }
    long began = clock.millis();
    Reply reply = new Unanswered(Reason.CANCELLED, "");
    try {
      reply = model.ask(question, deadline);
      return reply;
    } finally {
      ledger.release(question.subject(), most, prices, input);
      ledger.add(entry(question, reply, clock.millis() - began));
      judge(reply);
    }
  }

  private void judge(Reply reply) {
    if (reply instanceof Reply.Answered) {
      breaker.succeeded();
    } else if (((Unanswered) reply).reason().failure()) {
      breaker.failed();
    }
  }

  private Ledger.Entry entry(Question question, Reply reply, long millis) {
    Answer answer = reply instanceof Reply.Answered answered ? answered.answer() : null;
    long input = answer == null ? 0 : answer.inputTokens();
    long output = answer == null ? 0 : answer.outputTokens();
    boolean estimated = answer != null && answer.estimated();
    // The server may have worked on what we never read: count what it could at least charge.
    if (reply instanceof Unanswered no && mayHaveWorked(no.reason())) {
      input = question.estimatedTokens();
      output = no.reason() == Reason.TOO_LARGE ? question.maxTokens() : 0;
      estimated = true;
    }
    return new Ledger.Entry(
        clock.instant(),
        model.name(),
        question.purpose(),
        question.subject(),
        question.prompt(),
        question.hash(),
        reply instanceof Unanswered no ? no.reason().name().toLowerCase(Locale.ROOT) : "answered",
        input,
        output,
        estimated,
        prices == null ? 0 : prices.of(input, output),
        millis);
  }

  private static boolean mayHaveWorked(Reason reason) {
    return reason == Reason.TIMEOUT
        || reason == Reason.TOO_LARGE
        || reason == Reason.MALFORMED
        || reason == Reason.CANCELLED;
  }

  private static Reply interrupted() {
    Thread.currentThread().interrupt();
    return new Unanswered(Reason.CANCELLED, "interrupted");
  }
}
