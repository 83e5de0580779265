package dev.fettle.llm.tape;

import dev.fettle.llm.talk.Answer;
import dev.fettle.llm.talk.Deadline;
import dev.fettle.llm.talk.LanguageModel;
import dev.fettle.llm.talk.Question;
import dev.fettle.llm.talk.Reply;
import dev.fettle.llm.talk.Reply.Reason;
import dev.fettle.llm.talk.Reply.Unanswered;
import dev.fettle.llm.talk.Tokens;
import dev.fettle.llm.text.Redaction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Asks through a folder: {@code HASH.question.json} is written, {@code HASH.answer.json} (the bare
 * answer, or a card with {@code text}) or {@code HASH.answer.txt} is waited for. A person, another
 * process or a model without network may write it. Thread-safe.
 */
public final class Exchange implements LanguageModel {
  private static final Duration LOOK = Duration.ofMillis(200);

  private final Path folder;
  private final boolean batch;
  private final InstantSource clock;

  /**
   * @param batch write the question and answer {@link Reason#PENDING} at once when none is there
   */
  public Exchange(Path folder, boolean batch, InstantSource clock) {
    this.folder = folder;
    this.batch = batch;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "exchange";
  }

  @Override
  public Reply ask(Question question, Deadline deadline) {
    Path asked = folder.resolve(question.hash() + ".question.json");
    if (!Files.exists(asked)) {
      Card.write(asked, Card.question(question));
    }
    while (true) {
      Optional<Answer> answer = answer(question);
      if (answer.isPresent()) {
        return new Reply.Answered(answer.get());
      }
      if (batch) {
        return new Unanswered(Reason.PENDING, asked.toString());
      }
      if (deadline.passed()) {
        return new Unanswered(Reason.TIMEOUT, "no answer file beside " + asked);
      }
      try {
        Thread.sleep(Math.min(LOOK.toMillis(), Math.max(1, deadline.left().toMillis())));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return new Unanswered(Reason.CANCELLED, "interrupted");
      }
    }
  }

  private Optional<Answer> answer(Question question) {
    Optional<String> plain = settled(folder.resolve(question.hash() + ".answer.txt"));
    if (plain.isPresent()) {
      return plain.map(t -> counted(question, t, "exchange"));
    }
    Optional<String> json = settled(folder.resolve(question.hash() + ".answer.json"));
    return json.flatMap(
        t ->
            Card.tree(t)
                .map(
                    tree ->
                        Card.answer(tree, "exchange")
                            .map(a -> counted(question, a.text(), a.model()))
                            .orElseGet(() -> counted(question, t, "exchange"))));
  }

  /** A text file that another still writes is left alone until it has rested for a moment. */
  private Optional<String> settled(Path file) {
    try {
      if (!Files.isRegularFile(file)) {
        return Optional.empty();
      }
      FileTime written = Files.getLastModifiedTime(file);
      Instant rested = clock.instant().minusMillis(100);
      return !batch && written.toInstant().isAfter(rested) ? Optional.empty() : Card.read(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static Answer counted(Question question, String text, String model) {
    String masked = Redaction.masked(text);
    return new Answer(masked, model, question.estimatedTokens(), Tokens.of(masked), true);
  }
}
