package dev.fettle.llm.learn;

import dev.fettle.llm.talk.Question;
import dev.fettle.llm.text.Redaction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lessons in a file, one JSON object per line, redacted before they are written. Beyond 64 MB
 * nothing is added. Guarded by itself.
 */
public final class Lessons {
  private static final long LARGEST = 64L * 1024 * 1024;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path file;
  private final InstantSource clock;

  public Lessons(Path file, InstantSource clock) {
    this.file = file;
    this.clock = clock;
  }

  /** Writes a lesson down. */
  public synchronized void add(
      String incident, String model, Question question, String answer, String verdict) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("at", clock.instant().toString());
    line.put("incident", incident);
    line.put("model", model);
    line.put("prompt", question.prompt());
    line.put("hash", question.hash());
    line.put("system", question.system());
    line.put("user", Redaction.maskedSource(question.user()));
    line.put("answer", Redaction.maskedSource(answer));
    line.put("verdict", Redaction.masked(verdict));
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      if (!Files.exists(file) || Files.size(file) < LARGEST) {
        Files.writeString(
            file,
            JSON.writeValueAsString(line) + "\n",
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /** All lessons, oldest first; lines that cannot be read are left out. */
  public synchronized List<Lesson> all() {
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines.map(Lessons::parse).flatMap(Optional::stream).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /**
   * Passed lessons as chat JSONL: the form that fine-tuning of chat models takes, with where each
   * one came from in {@code metadata}.
   *
   * @param ending what became of a lesson: {@code merged}, {@code quiet}, ..., {@code unknown}
   * @param only endings to keep; empty for all
   */
  public List<String> chat(Function<Lesson, String> ending, Set<String> only) {
    List<String> lines = new ArrayList<>();
    for (Lesson lesson : all()) {
      String end = ending.apply(lesson);
      if (!lesson.passed() || !(only.isEmpty() || only.contains(end))) {
        continue;
      }
      Map<String, Object> line = new LinkedHashMap<>();
      line.put(
          "messages",
          List.of(
              message("system", lesson.system()),
              message("user", lesson.user()),
              message("assistant", lesson.answer())));
      Map<String, Object> from = new LinkedHashMap<>();
      from.put("incident", lesson.incident());
      from.put("model", lesson.model());
      from.put("prompt", lesson.prompt());
      from.put("hash", lesson.hash());
      from.put("at", lesson.at().toString());
      from.put("verdict", lesson.verdict());
      from.put("outcome", end);
      line.put("metadata", from);
      lines.add(JSON.writeValueAsString(line));
    }
    return lines;
  }

  private static Map<String, String> message(String role, String content) {
    Map<String, String> message = new LinkedHashMap<>();
    message.put("role", role);
    message.put("content", content);
    return message;
  }

  private static Optional<Lesson> parse(String line) {
    try {
      JsonNode e = JSON.readTree(line);
      return Optional.of(
          new Lesson(
              Instant.parse(e.path("at").asString()),
              e.path("incident").asString(),
              e.path("model").asString(),
              e.path("prompt").asString(),
              e.path("hash").asString(),
              e.path("system").asString(),
              e.path("user").asString(),
              e.path("answer").asString(),
              e.path("verdict").asString()));
    } catch (JacksonException | java.time.DateTimeException e) {
      return Optional.empty();
    }
  }
}
