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
import java.util.function.LongSupplier;

/** Opens the model that settings name. Opening sends nothing. */
public final class Models {
  private Models() {}

  /**
   * @param environment for proxies
   * @param nanos monotonic time
   */
  public static LanguageModel open(
      LlmSettings settings,
      Ledger ledger,
      Map<String, String> environment,
      InstantSource clock,
      LongSupplier nanos) {
    LanguageModel model =
        switch (settings.provider()) {
          case OPENAI, OPENAI_COMPATIBLE, ANTHROPIC, OLLAMA ->
              Remote.open(settings, ledger, environment, clock, nanos);
          case REPLAY -> new Replay(folder(settings));
          case EXCHANGE -> new Exchange(folder(settings), settings.batch(), clock);
          case NONE -> new Nobody();
        };
    return settings.record().isPresent() ? new Recording(model, settings.record().get()) : model;
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
