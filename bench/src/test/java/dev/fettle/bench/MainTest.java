package dev.fettle.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class MainTest {
  private static final String ITEM =
      "{\"source\":\"class A {}\",\"visible\":[{\"main_source\":\"class Main {}\"}]}\n";

  @TempDir Path empty;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    System.setProperty("fettle.home", empty.toString());
    return Main.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  @Test
  void explainsItself() {
    assertThat(run("overhead", "--help")).isZero();
    assertThat(out.toString()).contains("--pairs", "--against-itself", "--json");
  }

  @Test
  void anUnknownOptionIsWrongUsage() {
    assertThat(run("overhead", "--nonsense")).isEqualTo(2);
    assertThat(err.toString()).contains("--nonsense");
  }

  @Test
  void anotherServiceNeedsItsRequests() {
    assertThat(run("overhead", "--jar", "shop.jar")).isEqualTo(2);
    assertThat(err.toString()).contains("--jar and --requests go together");
  }

  @Test
  void whatNobodyExpectedIsTheOneObjectToo() throws IOException {
    Path items = Files.writeString(empty.resolve("items.jsonl"), ITEM);
    String[] command = {
      "repair", "--data", items.toString(), "--prior", empty.resolve("no-such").toString(), "--json"
    };
    assertThat(run(command)).isEqualTo(1);
    assertThat(err.toString()).contains("internal error").doesNotContain("\tat ");
    assertThat(
            JsonMapper.builder().build().readTree(out.toString()).at("/error/message").asString())
        .contains("no-such");
  }

  @ParameterizedTest
  @CsvSource({
    "repair --data ITEMS --replay DIR,go with --generators model",
    "repair --suite DIR --llm ollama:m,go with --data and --generators model",
    "repair --data ITEMS --generators model --replay DIR --exchange DIR,give one of them",
    "repair --data ITEMS --generators model --batch,--batch goes with --exchange",
    "repair --data ITEMS --generators model --replay DIR --record DIR,--record with --replay",
    "repair --data ITEMS --generators model --llm openai-compatible:m,needs base-url",
    "repair --data ITEMS --generators model --llm gpt,unknown provider gpt",
    "repair --data ITEMS --generators guess,search; model or both",
    "runtime --data ITEMS --exchange DIR,go with --healer model",
    "runtime --data ITEMS --healer model --replay DIR/none,no such directory",
    "runtime --data ITEMS --healer model --llm anthropic,needs a model"
  })
  void optionsOfAModelThatNobodyWouldHeedAreWrongUsage(String words, String said)
      throws IOException {
    Path items = Files.writeString(empty.resolve("items.jsonl"), ITEM);
    String[] command =
        words.replace("ITEMS", items.toString()).replace("DIR", empty.toString()).split(" ");

    assertThat(run(command)).as(err.toString()).isEqualTo(2);
    assertThat(err.toString()).contains(said.replace(';', ','));
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void trainingPrintsOneObjectWithJson() throws IOException {
    Path observed = Files.writeString(empty.resolve("observed.jsonl"), "");
    Path prior = empty.resolve("prior.tsv");
    String[] command = {
      "runtime",
      "--data",
      observed.toString(),
      "--train",
      prior.toString(),
      "--leave-one-out",
      observed.toString(),
      "--json"
    };
    assertThat(run(command)).isZero();
    assertThat(out.toString().lines()).hasSize(1);
    assertThat(JsonMapper.builder().build().readTree(out.toString()).path("prior").asString())
        .isEqualTo(prior.toString());
  }

  @Test
  void aMissingAgentIsNamedAndWithJsonAsTheOneObject() {
    assertThat(run("overhead", "--json")).isEqualTo(1);
    assertThat(err.toString()).contains("missing").contains("fettle-agent.jar");
    assertThat(JsonMapper.builder().build().readTree(out.toString()).at("/error/exitCode").asInt())
        .isEqualTo(1);
  }
}
