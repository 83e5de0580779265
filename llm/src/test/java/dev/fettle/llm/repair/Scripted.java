package dev.fettle.llm.repair;

import dev.fettle.llm.talk.Answer;
import dev.fettle.llm.talk.Deadline;
import dev.fettle.llm.talk.LanguageModel;
import dev.fettle.llm.talk.Question;
import dev.fettle.llm.talk.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Answers as a function of the question, and remembers what it was asked. */
final class Scripted implements LanguageModel {
  private final Function<Question, String> script;
  private final List<Question> asked = new ArrayList<>();

  Scripted(Function<Question, String> script) {
    this.script = script;
  }

  /** One answer after the other; the last repeats. */
  static Scripted saying(String... answers) {
    int[] next = {0};
    return new Scripted(q -> answers[Math.min(next[0]++, answers.length - 1)]);
  }

  /** An answer with one edit. */
  static String edit(String span, int first, int last, String text) {
    return tools.jackson.databind.json.JsonMapper.builder()
        .build()
        .writeValueAsString(
            java.util.Map.of(
                "rootCause",
                "coupon is null",
                "rationale",
                "no coupon, no rebate",
                "callers",
                "they get the sum",
                "edits",
                List.of(
                    java.util.Map.of(
                        "span", span, "firstLine", first, "lastLine", last, "text", text)),
                "conditions",
                List.of("coupon == null"),
                "ingredients",
                List.of("0")));
  }

  List<Question> asked() {
    return asked;
  }

  @Override
  public String name() {
    return "scripted";
  }

  @Override
  public Reply ask(Question question, Deadline deadline) {
    asked.add(question);
    return new Reply.Answered(new Answer(script.apply(question), "scripted", 1, 1, false));
  }
}
