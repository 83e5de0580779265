package dev.fettle.bench.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.bench.BenchLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A data set through an exchange folder and, recorded, through two replays. */
class RepairReplayTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir Path directory;

  @Test
  void aBatchIsWrittenThenScoredAndItsReplaysAreEqualBitForBit() throws IOException {
    Path data = directory.resolve("data.jsonl");
    Files.write(data, List.of(item("one", "a + a", "a + b"), item("two", "a * a", "a + b")));
    Path folder = directory.resolve("exchange");
    Path tapes = directory.resolve("tapes");
    String asked = bench(data, "--exchange", folder.toString(), "--batch");

    List<JsonNode> questions = questions(folder);
    assertThat(questions).hasSize(2);
    assertThat(asked).contains("not answered yet");
    for (JsonNode question : questions) {
      String user = question.path("user").asString();
      assertThat(user).contains("class Solution").doesNotContain("SECRETREFERENCE", "4711");
      answer(folder, question, user.contains("a * a"));
    }
    String scored =
        bench(data, "--exchange", folder.toString(), "--batch", "--record", tapes.toString());
    String first = bench(data, "--replay", tapes.toString());
    String second = bench(data, "--replay", tapes.toString());

    assertThat(JSON.readTree(scored).path("correct").asInt()).isEqualTo(1);
    assertThat(JSON.readTree(first).path("correct").asInt()).isEqualTo(1);
    assertThat(second).isEqualTo(first);
    assertThat(first).doesNotContain("Ms\":");
  }

  private static String bench(Path data, String... options) {
    List<String> words = new ArrayList<>(List.of("repair", "--data", data.toString()));
    words.addAll(List.of("--generators", "model", "--json"));
    words.addAll(List.of(options));
    return BenchLine.run(words);
  }

  private static List<JsonNode> questions(Path folder) throws IOException {
    List<JsonNode> questions = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".question.json")).toList()) {
        questions.add(JSON.readTree(Files.readString(file)));
      }
    }
    return questions;
  }

  /** A right edit, or one that leaves the visible test red. */
  private static void answer(Path folder, JsonNode question, boolean right) throws IOException {
    String text = right ? "    return a + b;" : "    return b + b;";
    Map<String, Object> answer =
        Map.of(
            "rootCause",
            "r",
            "rationale",
            "because",
            "callers",
            "none",
            "edits",
            List.of(Map.of("span", "A", "firstLine", 3, "lastLine", 3, "text", text)),
            "conditions",
            List.of(),
            "ingredients",
            List.of());
    Files.writeString(
        folder.resolve(question.path("hash").asString() + ".answer.json"),
        JSON.writeValueAsString(answer));
  }

  private static String item(String id, String faulty, String right) {
    String source = "class Solution {\n  int add(int a, int b) {\n    return %s;\n  }\n}\n";
    return JSON.writeValueAsString(
        Map.of(
            "id",
            id,
            "kind",
            "wrong",
            "source",
            source.formatted(faulty),
            "visible",
            List.of(test("2, 3", "5")),
            "hidden",
            List.of(test("4711, 1", "4712")),
            "bugs",
            1,
            "problem",
            "add",
            "bug_class",
            "planted",
            "solution",
            "// SECRETREFERENCE\n" + source.formatted(right)));
  }

  private static Map<String, String> test(String arguments, String printed) {
    return Map.of(
        "main_source",
        "public class Main { public static void main(String[] a) { System.out.println(new"
            + " Solution().add("
            + arguments
            + ")); } }",
        "expected_stdout",
        printed + "\n");
  }
}
