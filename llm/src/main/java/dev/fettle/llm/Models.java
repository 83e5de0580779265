package dev.fettle.llm;

import dev.fettle.llm.client.Ledger;
import dev.fettle.llm.client.Remote;
import dev.fettle.llm.settings.LlmSettings;
import dev.fettle.llm.talk.Deadline;
import dev.fettle.llm.talk.LanguageModel;
import dev.fettle.llm.talk.Question;
import dev.fettle.llm.talk.Reply;
import dev.fettle.llm.tape.Exchange;
import dev.fettle.llm.tape.Recording;
import dev.fettle.llm.tape.Replay;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The models that settings name. Opening sends nothing.
 *
 * @param model answers questions
 * @param embeddings answers with vectors of texts; empty unless settings name one
 */
public record Models(LanguageModel model, Optional<LanguageModel> embeddings) {
  /**
   * The model that answers questions.
   *
   * @param environment for proxies
   * @param nanos monotonic time
   */
  public static LanguageModel open(
      LlmSettings settings,
      Ledger ledger,
      Map<String, String> environment,
      InstantSource clock,
      LongSupplier nanos) {
    return all(settings, ledger, environment, clock, nanos).model();
  }

  /** As {@link #open}, with the model of embeddings beside it. */
  public static Models all(
      LlmSettings settings,
      Ledger ledger,
      Map<String, String> environment,
      InstantSource clock,
      LongSupplier nanos) {
    Models models =
        switch (settings.provider()) {
          case OPENAI, OPENAI_COMPATIBLE, ANTHROPIC, OLLAMA -> {
            Remote remote = Remote.open(settings, ledger, environment, clock, nanos);
            yield new Models(remote.model(), remote.embeddings());
          }
          case REPLAY -> both(new Replay(folder(settings)), settings);
          case EXCHANGE -> both(new Exchange(folder(settings), settings.batch(), clock), settings);
          case NONE -> new Models(new Nobody(), Optional.empty());
        };
    return settings
        .record()
        .map(
            to ->
                new Models(
                    new Recording(models.model, to),
                    models.embeddings.map(e -> new Recording(e, to))))
        .orElse(models);
  }

  /** A folder's answers are of any form. */
  private static Models both(LanguageModel folder, LlmSettings settings) {
    return new Models(folder, settings.embeddingModel().map(name -> folder));
  }

  private static Path folder(LlmSettings settings) {
    return settings
        .folder()
        .orElseThrow(() -> new IllegalStateException(settings.display() + " without a folder"));
  }

  /** Answers nothing. */
  private static final class Nobody implements LanguageModel {
    @Override
    public String name() {
      return "none";
    }

    @Override
    public Reply ask(Question question, Deadline deadline) {
      return new Reply.Unanswered(Reply.Reason.OFF, "");
    }
  }
}
