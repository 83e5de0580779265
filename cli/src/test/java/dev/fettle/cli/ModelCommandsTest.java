package dev.fettle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the command line tells of the language model; exit codes as in {@code docs/cli.md}. */
class ModelCommandsTest {
  private static final String INCIDENT = "inc-3f9a1c0b2d";
  private static final String PROMPT =
      """
      {"model":"ollama:m","prompt":"repair/1","hash":"ab12","tokens":41,
       "system":"You repair.\\nRules","user":"## The failure\\nx\\u001b[31m","schema":"{}",
       "embeddingModel":"nomic","texts":["shop.Cart.total\\u001b[0m"]}
      """;
  private static final String LEDGER =
      """
      {"model":"ollama:m","usedToday":117,"tokensPerDay":2000,"cost":0.25,"entries":[
       {"at":"2026-01-31T10:15:30Z","purpose":"repair","subject":"inc-3f9a1c0b2d","prompt":"repair/1",
        "outcome":"answered","inputTokens":100,"outputTokens":17,"cost":0.25,"millis":1200}]}
      """;

  private CannedServer server;

  @BeforeEach
  void start() throws IOException {
    server =
        new CannedServer()
            .answering("GET /api/v1/incidents/" + INCIDENT + "/prompt", 200, PROMPT)
            .answering("GET /api/v1/llm/ledger", 200, LEDGER)
            .answering(
                "GET /api/v1/llm/training?only=merged,quiet",
                200,
                "{\"lines\":[\"{\\\"messages\\\":[]}\"]}")
            .answering("GET /api/v1/llm/training?only=", 200, "{\"lines\":[]}");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Fettle.Ended ask(String... words) {
    String[] all = new String[words.length + 2];
    System.arraycopy(words, 0, all, 0, words.length);
    all[words.length] = "--server";
    all[words.length + 1] = server.address();
    return Fettle.run(all);
  }

  @Test
  void printsExactlyWhatWouldBeSentWithoutControlCharacters() {
    Fettle.Ended ended = ask("llm", "prompt", INCIDENT);

    assertThat(ended.code()).isZero();
    assertThat(ended.out())
        .contains("# prompt repair/1, about 41 tokens, hash ab12, to ollama:m")
        .contains("You repair.", "## The failure")
        .contains("texts that nomic would be sent first", "shop.Cart.total")
        .doesNotContain("\u001b");
  }

  @Test
  void printsThePromptAsOneJsonObject() {
    JsonNode shown =
        JsonMapper.builder().build().readTree(ask("llm", "prompt", INCIDENT, "--json").out());

    assertThat(shown.path("user").asString()).startsWith("## The failure");
  }

  @Test
  void printsTheLedger() {
    Fettle.Ended ended = ask("llm", "ledger");

    assertThat(ended.code()).isZero();
    assertThat(ended.out())
        .contains("ollama:m: 117 of 2000 tokens used today, cost 0.25")
        .contains("answered");
  }

  @Test
  void exportsALineForEachLesson() {
    Fettle.Ended ended = ask("export", "training", "--only", "merged,quiet");

    assertThat(ended.code()).isZero();
    assertThat(ended.out().strip()).isEqualTo("{\"messages\":[]}");
  }

  @Test
  void saysByItsExitCodeThatThereIsNothingToExport() {
    assertThat(ask("export", "training").code()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({
    "llm prompt nonsense,2,inc-",
    "llm prompt inc-0000000000,3,none",
    "llm prompt,2,INCIDENT",
    "llm,2,expected a subcommand",
    "export,2,expected a subcommand",
    "export training --only pending,2,--only has no outcome pending",
    "export training --format csv,2,expected chat-jsonl"
  })
  void refusesBadInputAndSaysWhatItExpected(String words, int code, String said) {
    String[] split = words.split(" ");
    Fettle.Ended ended = split.length == 1 ? Fettle.run(split) : ask(split);

    assertThat(ended.code()).as(ended.err()).isEqualTo(code);
    assertThat(ended.err()).contains(said);
  }

  @ParameterizedTest
  @CsvSource({"llm prompt inc-3f9a1c0b2d", "llm ledger", "export training"})
  void saysThatNoServerAnswers(String words) throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }

    Fettle.Ended ended = Fettle.run((words + " --server http://127.0.0.1:" + port).split(" "));

    assertThat(ended.code()).isEqualTo(6);
  }
}
