package dev.fettle.bench.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.fettle.bench.BenchLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Programs healed by a snippet under the packed agent, asked for through an exchange folder. */
class RuntimeReplayTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String SOURCE =
      """
      // ==== PROGRAM UNDER TEST ====
      class Solution {
        int total(String[] items) {
          int sum = 0;
          for (String item : items) {
            sum += price(item);
          }
          return sum;
        }

        int price(String item) {
          int price = 1;
          price = Integer.parseInt(item);
          return price;
        }
      }
      // ==== HARNESS ====
      class Main {
        public static void main(String[] a) {
          System.out.println(new Solution().total(new String[] {"3", "4 eggs"}));
        }
      }
      """;

  @TempDir Path directory;
  private final String before = System.getProperty("fettle.home", "");

  @BeforeEach
  void theAgentIsPacked() {
    Path home = Path.of("").toAbsolutePath().getParent();
    assumeThat(home.resolve("agent/target/fettle-agent.jar"))
        .as("the agent is packed only from the phase package on")
        .isRegularFile();
    System.setProperty("fettle.home", home.toString());
  }

  @AfterEach
  void restore() {
    System.setProperty("fettle.home", before);
  }

  @Test
  void aBatchIsWrittenThenScoredAndItsReplaysAreEqualBitForBit() throws IOException {
    Path data = directory.resolve("data.jsonl");
    Files.writeString(
        data,
        JSON.writeValueAsString(
                Map.of(
                    "id", "one",
                    "source", SOURCE,
                    "exception", "java.lang.NumberFormatException",
                    "expected_stdout", "7\n"))
            + "\n");
    Path folder = directory.resolve("exchange");
    Path tapes = directory.resolve("tapes");
    String asked = bench(data, "--exchange", folder.toString(), "--batch");

    assertThat(JSON.readTree(asked).path("fail").asInt()).as(asked).isEqualTo(1);
    JsonNode question = question(folder);
    assertThat(question.path("user").asString())
        .contains("<error>price = Integer.parseInt(item);</error>", "4 eggs", "price: int = 1")
        .doesNotContain("HARNESS", "class Main", "\"one\"");
    answer(folder, question);
    bench(data, "--exchange", folder.toString(), "--batch", "--record", tapes.toString());
    String first = bench(data, "--replay", tapes.toString());
    String second = bench(data, "--replay", tapes.toString());

    assertThat(JSON.readTree(first).path("correct").asInt()).as(first).isEqualTo(1);
    assertThat(second).isEqualTo(first);
    assertThat(first).doesNotContain("Ms\"");
  }

  private static String bench(Path data, String... options) {
    List<String> words = new ArrayList<>(List.of("runtime", "--data", data.toString()));
    words.addAll(List.of("--healer", "model", "--alone", "--json"));
    words.addAll(List.of(options));
    return BenchLine.run(words);
  }

  private static JsonNode question(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> questions = files.filter(f -> f.toString().endsWith(".question.json")).toList();
      assertThat(questions).hasSize(1);
      return JSON.readTree(Files.readString(questions.get(0)));
    }
  }

  private static void answer(Path folder, JsonNode question) throws IOException {
    Map<String, String> snippet =
        Map.of(
            "kind", "snippet",
            "remedy", "",
            "code", "price = Integer.parseInt(item.split(\" \")[0]);",
            "then", "next",
            "rationale", "the number comes before the unit");
    Files.writeString(
        folder.resolve(question.path("hash").asString() + ".answer.json"),
        JSON.writeValueAsString(
            Map.of("rootCause", "a unit after the number", "proposals", List.of(snippet))));
  }
}
