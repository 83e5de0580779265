package dev.fettle.llm.tape;

import dev.fettle.llm.settings.ModelBudget;
import dev.fettle.llm.talk.Answer;
import dev.fettle.llm.talk.Deadline;
import dev.fettle.llm.talk.LanguageModel;
import dev.fettle.llm.talk.Question;
import dev.fettle.llm.talk.Reply;
import dev.fettle.llm.text.Redaction;
import java.nio.file.Path;
import java.util.Map;

/**
 * Keeps each answered question as {@code HASH.json} in a folder. The answer is masked before it is
 * used, so that a replay says exactly what was used. Thread-safe.
 */
public final class Recording implements LanguageModel {
  private final LanguageModel model;
  private final Path folder;

  public Recording(LanguageModel model, Path folder) {
    this.model = model;
    this.folder = folder;
  }

  @Override
  public String name() {
    return model.name();
  }

  @Override
  public LanguageModel within(ModelBudget narrower) {
    return new Recording(model.within(narrower), folder);
  }

  @Override
  public Reply ask(Question question, Deadline deadline) {
    Reply reply = model.ask(question, deadline);
    if (!(reply instanceof Reply.Answered answered)) {
      return reply;
    }
    Answer raw = answered.answer();
    Answer answer =
        new Answer(
            Redaction.masked(raw.text()),
            raw.model(),
            raw.inputTokens(),
            raw.outputTokens(),
            raw.estimated());
    Map<String, Object> card = Card.question(question);
    card.put("answer", Card.answer(answer));
    Card.write(folder.resolve(question.hash() + ".json"), card);
    return new Reply.Answered(answer);
  }
}
