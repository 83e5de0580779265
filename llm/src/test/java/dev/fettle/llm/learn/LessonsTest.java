package dev.fettle.llm.learn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.llm.talk.Question;
import dev.fettle.llm.talk.Schema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LessonsTest {
  @TempDir Path dir;
  private Lessons lessons;

  @BeforeEach
  void open() {
    lessons = new Lessons(dir.resolve("lessons.jsonl"), InstantSource.system());
    lessons.add("inc-a", "m", question("first"), "{\"edits\":1}", "passed");
    lessons.add("inc-b", "m", question("second"), "{}", "passed");
    lessons.add("inc-a", "m", question("third"), "{}", "scope: elsewhere");
  }

  @Test
  void exportsWhatPassedAndEndedAsAsked() {
    Map<String, String> endings = Map.of("inc-a", "merged", "inc-b", "rejected");

    assertThat(lessons.chat(l -> endings.get(l.incident()), Set.of("merged", "quiet")))
        .singleElement()
        .asString()
        .contains("\"role\":\"system\"", "first", "\"outcome\":\"merged\"", "repair/1");
    assertThat(lessons.chat(l -> endings.get(l.incident()), Set.of())).hasSize(2);
  }

  @Test
  void aTornLineIsLeftOut() throws Exception {
    Files.writeString(dir.resolve("lessons.jsonl"), "{\"at\":\"20", StandardOpenOption.APPEND);

    assertThat(lessons.all()).hasSize(3);
  }

  @Test
  void aSecretIsNotWrittenDown() throws Exception {
    lessons.add("inc-c", "m", question("AKIAIOSFODNN7EXAMPLE"), "ghp_0123456789abcdefAB", "passed");

    assertThat(Files.readString(dir.resolve("lessons.jsonl")))
        .doesNotContain("AKIAIOSF")
        .doesNotContain("ghp_");
  }

  private static Question question(String user) {
    return new Question(
        "repair", "inc", "repair/1", "system words", user, new Schema("x", "{}"), 10);
  }
}
