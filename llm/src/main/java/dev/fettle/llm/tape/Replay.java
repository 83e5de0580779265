package dev.fettle.llm.tape;

import dev.fettle.llm.talk.Deadline;
import dev.fettle.llm.talk.LanguageModel;
import dev.fettle.llm.talk.Question;
import dev.fettle.llm.talk.Reply;
import dev.fettle.llm.talk.Reply.Reason;
import dev.fettle.llm.talk.Reply.Unanswered;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Answers from recordings, and says so when there is none. Thread-safe. */
public final class Replay implements LanguageModel {
  private final Path folder;

  public Replay(Path folder) {
    this.folder = folder;
  }

  @Override
  public String name() {
    return "replay";
  }

  @Override
  public Reply ask(Question question, Deadline deadline) {
    Path file = folder.resolve(question.hash() + ".json");
    Optional<String> text = Card.read(file);
    if (text.isEmpty()) {
      return new Unanswered(
          Reason.NOT_RECORDED,
          "no "
              + file
              + " for this question of prompt "
              + question.prompt()
              + "; record it first (record: FOLDER in the llm section, or --record of a benchmark),"
              + " or let provider exchange answer it");
    }
    Optional<JsonNode> card = Card.tree(text.get());
    return card.flatMap(c -> Card.answer(c.path("answer"), "unknown"))
        .map(a -> (Reply) new Reply.Answered(a))
        .orElseGet(() -> new Unanswered(Reason.NOT_RECORDED, file + " is not a recording"));
  }
}
