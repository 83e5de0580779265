package dev.fettle.llm.talk;

import tools.jackson.databind.JsonNode;

/** Asks for data of a schema; an answer of another form gets one chance to be put right. */
public final class Conversation {
  private static final int SHOWN = 2000;

  private final LanguageModel model;

  public Conversation(LanguageModel model) {
    this.model = model;
  }

  /** What was learned. */
  public sealed interface Outcome {
    /** Data of the schema's form. {@code rounds} is 1, or 2 when it had to be put right. */
    record Data(JsonNode value, Answer answer, int rounds) implements Outcome {}

    /** Nothing usable, and why. */
    record Nothing(Reply.Unanswered why) implements Outcome {}
  }

  /** Asks at most twice. */
  public Outcome ask(Question question, Deadline deadline) {
    Reply first = model.ask(question, deadline);
    if (first instanceof Reply.Unanswered unanswered) {
      return new Outcome.Nothing(unanswered);
    }
    Answer answer = ((Reply.Answered) first).answer();
    AnswerJson.Found found = AnswerJson.in(answer.text(), question.schema());
    if (found.value() != null) {
      return new Outcome.Data(found.value(), answer, 1);
    }
    String problem = String.join("; ", found.problems());
    if (deadline.passed()) {
      return new Outcome.Nothing(new Reply.Unanswered(Reply.Reason.MALFORMED, problem));
    }
    return again(question, answer.text(), problem, deadline);
  }

  private Outcome again(Question question, String said, String problem, Deadline deadline) {
    String shown = said.length() > SHOWN ? said.substring(0, SHOWN) + " ..." : said;
    Reply second =
        model.ask(
            question.adding(
                "Your last answer could not be used ("
                    + problem
                    + "). It began:\n"
                    + shown
                    + "\nAnswer again, with the JSON object alone."),
            deadline);
    if (second instanceof Reply.Unanswered unanswered) {
      return new Outcome.Nothing(unanswered);
    }
    Answer answer = ((Reply.Answered) second).answer();
    AnswerJson.Found found = AnswerJson.in(answer.text(), question.schema());
    return found.value() != null
        ? new Outcome.Data(found.value(), answer, 2)
        : new Outcome.Nothing(
            new Reply.Unanswered(Reply.Reason.MALFORMED, String.join("; ", found.problems())));
  }
}
