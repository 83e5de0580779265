package dev.fettle.llm.vector;

import dev.fettle.llm.talk.Question;
import dev.fettle.llm.talk.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks for the vectors of some texts in the form of any other question, so that budget, ledger,
 * recordings, replay and exchange treat it like one: the user's part is a JSON array of the texts,
 * the answer an object with {@code vectors}, one for each text and in their order. Stateless.
 */
public final class VectorQuestion {
  /** Name and version of the form. */
  public static final String PROMPT = "embed/1";

  /** Longest vector; those of today's models have at most 4096 numbers. */
  static final int LONGEST = 8_192;

  private static final double NAN = Double.NaN;
  private static final Schema SCHEMA = Schema.resource(VectorQuestion.class, "embed");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private VectorQuestion() {}

  /**
   * @param model name of the embedding model, part of what is hashed
   * @param texts fit to be sent, not blank
   */
  public static Question of(String model, String subject, List<String> texts) {
    return new Question(
        "embed",
        subject,
        PROMPT,
        "Vectors by "
            + model
            + ": for each text of the array one vector, in their order, all of one length.",
        JSON.writeValueAsString(texts),
        SCHEMA,
        1);
  }

  /** The texts of a question made by {@link #of}. */
  public static List<String> texts(Question question) {
    return JSON.readTree(question.user()).valueStream().map(JsonNode::asString).toList();
  }

  /** Vectors in the form of an answer; each number is written so that it reads back the same. */
  public static String answer(List<float[]> vectors) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("vectors", vectors);
    return JSON.writeValueAsString(answer);
  }

  /**
   * Vectors of an answer, which anybody may have written.
   *
   * @return empty unless there is one usable vector for each text, all of one length
   */
  static Optional<List<float[]>> read(String answer, int texts) {
    JsonNode vectors;
    try {
      vectors = JSON.readTree(answer).path("vectors");
    } catch (JacksonException e) {
      return Optional.empty();
    }
    if (!vectors.isArray() || vectors.size() != texts) {
      return Optional.empty();
    }
    List<float[]> read = new ArrayList<>();
    for (JsonNode vector : vectors) {
      int length = vector.size();
      if (!vector.isArray()
          || length == 0
          || length > LONGEST
          || (!read.isEmpty() && read.get(0).length != length)) {
        return Optional.empty();
      }
      float[] numbers = new float[length];
      double norm = 0;
      for (int i = 0; i < length; i++) {
        numbers[i] = (float) (vector.path(i).isNumber() ? vector.path(i).asDouble(NAN) : NAN);
        norm += (double) numbers[i] * numbers[i];
      }
      if (!(norm > 0) || Double.isInfinite(norm)) {
        return Optional.empty();
      }
      read.add(numbers);
    }
    return Optional.of(read);
  }
}
