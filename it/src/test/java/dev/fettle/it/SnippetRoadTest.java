package dev.fettle.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The road of a healing snippet with everything real but the model, whose place the test takes:
 * application, agent, server, compiler child, and files for questions and answers.
 */
class SnippetRoadTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String MAIN =
      """
      package shop;
      import java.nio.file.*;
      public class Main {
        static int price(String text) {
          int price = 7;
          price = Integer.parseInt(text);
          return price;
        }
        public static void main(String[] args) throws Exception {
          Path folder = Path.of(args[0]);
          for (int i = 0; i < 2000 && !Files.exists(folder.resolve("stop")); i++) {
            Thread request = new Thread(() -> {
              int price = price("a dozen");
              try {
                Files.writeString(folder.resolve("price-" + price), "");
              } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
            request.setUncaughtExceptionHandler((t, e) -> System.out.println("failed " + e));
            request.start();
            request.join();
            Thread.sleep(150);
          }
        }
      }
      """;
  private static final String GUESSES =
      """
      package shop;
      public class Guesses {
        @dev.fettle.annotations.Skill(value = "words", does = "reads numbers in words")
        static int words(String text) { return text.contains("dozen") ? 12 : 0; }
      }
      """;
  private static final String SKILL =
      """
      package dev.fettle.annotations;
      import java.lang.annotation.*;
      @Retention(RetentionPolicy.CLASS) @Target(ElementType.METHOD)
      public @interface Skill { String value(); String does() default ""; }
      """;

  @TempDir Path folder;

  @Test
  void aSnippetThatAModelWroteServesTheNextFailure() throws Exception {
    assumeTrue(Fettle.packaged(), "the jars are not packaged; run the verify phase");
    CommittedProgram program =
        CommittedProgram.in(
            folder,
            Map.of(
                "shop/Main.java", MAIN,
                "shop/Guesses.java", GUESSES,
                "dev/fettle/annotations/Skill.java", SKILL));
    Path questions = Files.createDirectories(folder.resolve("questions"));
    Path state = Files.createDirectories(folder.resolve("state"));
    Path config = Files.createDirectories(folder.resolve("config/fettle"));
    Files.writeString(
        config.resolve("config.yml"),
        "llm:\n  provider: exchange\n  folder: " + questions + "\n  budget: {timeout: 30s}\n");
    Map<String, String> environment =
        Map.of(
            "XDG_CONFIG_HOME", folder.resolve("config").toString(),
            "XDG_STATE_HOME", state.toString(),
            "XDG_DATA_HOME", folder.resolve("data").toString());

    CompletableFuture<Fettle.Ended> run =
        CompletableFuture.supplyAsync(
            () ->
                program.run(
                    environment,
                    List.of("--heal", "contained", "--llm", "exchange"),
                    "shop.Main",
                    folder.toString()));
    String asked = answerUntil(questions, folder.resolve("price-12"), run);
    Fettle.Ended heals = Fettle.run(environment, 60, "heals", "--json");
    Files.writeString(folder.resolve("stop"), "");

    assertThat(run.get().code()).as(run.get().err()).isZero();
    // the first answer was refused, and the second asked for with the reason
    assertThat(asked).contains("java/lang/System").contains("shop.Guesses.words");
    JsonNode page = JSON.readTree(heals.out());
    JsonNode prescription = page.path("prescriptions").path(0);
    assertThat(prescription.path("state").asString()).as(heals.out()).isEqualTo("IN_PLACE");
    assertThat(prescription.path("site").asString()).isEqualTo("shop.Main.price:6");
    assertThat(prescription.path("code").asString()).isEqualTo("price = shop.Guesses.words(text);");
    assertThat(run.get().err()).contains("with snippet:" + prescription.path("snippet").asString());
  }

  /** Plays the model; gives the last question that it answered. */
  private static String answerUntil(Path questions, Path healed, CompletableFuture<?> run)
      throws Exception {
    String last = "";
    long deadline = System.nanoTime() + 300_000_000_000L;
    while (!Files.exists(healed)) {
      assertThat(System.nanoTime()).as("healed in time; " + last).isLessThan(deadline);
      assertThat(run.isDone()).as("the program still runs; " + last).isFalse();
      for (Path question : questions(questions)) {
        String text = Files.readString(question);
        Path answer = Path.of(question.toString().replace(".question.json", ".answer.json"));
        if (text.contains("\"purpose\" : \"heal\"") && !Files.exists(answer)) {
          boolean again = text.contains("After attempt");
          last = text;
          Path fresh = Files.writeString(questions.resolve("fresh"), answer(again));
          Files.move(fresh, answer);
        }
      }
      Thread.sleep(50);
    }
    return last;
  }

  private static List<Path> questions(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(p -> p.toString().endsWith(".question.json")).toList();
    }
  }

  private static String answer(boolean again) {
    String code = again ? "price = shop.Guesses.words(text);" : "System.exit(3);";
    return "{\"rootCause\":\"a number in words\",\"proposals\":[{\"kind\":\"snippet\","
        + "\"remedy\":\"\",\"code\":\""
        + code
        + "\",\"then\":\"next\",\"rationale\":\"read the words\"}]}";
  }
}
