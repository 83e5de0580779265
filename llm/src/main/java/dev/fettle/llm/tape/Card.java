package dev.fettle.llm.tape;

import dev.fettle.llm.talk.Answer;
import dev.fettle.llm.talk.Question;
import dev.fettle.llm.text.Redaction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** How questions and answers lie in files. What looks like a secret is masked once more. */
final class Card {
  static final int MAX_BYTES = 4 * 1024 * 1024;
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private Card() {}

  static Map<String, Object> question(Question question) {
    Map<String, Object> card = new LinkedHashMap<>();
    card.put("form", "fettle-question/1");
    card.put("hash", question.hash());
    card.put("purpose", question.purpose());
    card.put("prompt", question.prompt());
    card.put("maxTokens", question.maxTokens());
    card.put("system", Redaction.masked(question.system()));
    card.put("user", Redaction.masked(question.user()));
    card.put("schemaName", question.schema().name());
    card.put("schema", JSON.readTree(question.schema().text()));
    return card;
  }

  static Map<String, Object> answer(Answer answer) {
    Map<String, Object> card = new LinkedHashMap<>();
    card.put("model", answer.model());
    card.put("text", answer.text());
    card.put("inputTokens", answer.inputTokens());
    card.put("outputTokens", answer.outputTokens());
    card.put("estimated", answer.estimated());
    return card;
  }

  /** Written beside and renamed, so that nobody reads half a file. */
  static void write(Path file, Map<String, Object> card) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Path part = file.resolveSibling(file.getFileName() + ".part");
      Files.writeString(part, JSON.writeValueAsString(card) + "\n");
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /** The text of a file; empty when there is none or it is larger than an answer may be. */
  static Optional<String> read(Path file) {
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
        return Optional.empty();
      }
      return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  static Optional<JsonNode> tree(String text) {
    try {
      return Optional.of(JSON.readTree(text));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  /** An answer of a card's {@code answer} member, or of a file that is one. */
  static Optional<Answer> answer(JsonNode card, String otherwise) {
    if (!card.path("text").isString()) {
      return Optional.empty();
    }
    return Optional.of(
        new Answer(
            card.path("text").asString(),
            card.path("model").asString(otherwise),
            Math.max(0, card.path("inputTokens").asLong(0)),
            Math.max(0, card.path("outputTokens").asLong(0)),
            card.path("estimated").asBoolean(true)));
  }
}
