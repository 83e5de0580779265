package dev.fettle.llm.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.llm.client.ScriptedServer.Behavior;
import dev.fettle.llm.settings.LlmSettings;
import dev.fettle.llm.settings.ModelBudget;
import dev.fettle.llm.settings.Provider;
import dev.fettle.llm.talk.Conversation;
import dev.fettle.llm.talk.Deadline;
import dev.fettle.llm.talk.LanguageModel;
import dev.fettle.llm.talk.Question;
import dev.fettle.llm.talk.Reply.Reason;
import dev.fettle.llm.talk.Schema;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every behavior of a server ends in data or in a named reason, inside the budget. */
@Timeout(60)
class ServerBehaviorsTest {
  private static final Schema SCHEMA =
      new Schema(
          "edit",
          "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"text\"],"
              + "\"properties\":{\"text\":{\"type\":\"string\"}}}");
  private static final String ANSWER = "{\"text\":\"return 0;\"}";

  private static final List<Provider> DIALECTS =
      List.of(Provider.OPENAI, Provider.ANTHROPIC, Provider.OLLAMA);

  @TempDir static Path folder;
  private final Ledger ledger = Ledger.inMemory(InstantSource.system());

  @ParameterizedTest
  @EnumSource(
      value = Provider.class,
      names = {"OPENAI", "OPENAI_COMPATIBLE", "ANTHROPIC", "OLLAMA"})
  void everyFormOfServerAnswersAndIsCharged(Provider provider) {
    try (ScriptedServer server = new ScriptedServer(ANSWER, Behavior.CORRECT)) {
      Conversation.Outcome outcome = ask(model(provider, server.url(), 5_000));

      assertThat(text(outcome)).isEqualTo("return 0;");
      assertThat(ledger.usedToday()).isEqualTo(117).isEqualTo(server.charged());
      assertThat(server.bodies()).hasSize(1);
      assertThat(server.bodies().get(0)).contains("what is wrong?");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PROSE_AROUND,1",
    "FENCED,1",
    "TRAILING_COMMA,1",
    "SLOW,1",
    "REFUSES_SCHEMA,2",
  })
  void whatIsOnlyUntidyIsUnderstood(Behavior behavior, int requests) {
    for (Provider provider :
        new Provider[] {Provider.OPENAI, Provider.ANTHROPIC, Provider.OLLAMA}) {
      try (ScriptedServer server = new ScriptedServer(ANSWER, behavior)) {
        assertThat(text(ask(model(provider, server.url(), 5_000)))).isEqualTo("return 0;");
        assertThat(server.bodies()).as(provider + " " + behavior).hasSize(requests);
      }
    }
    assertThat(ledger.usedToday()).isEqualTo(3 * 117);
  }

  @ParameterizedTest
  @CsvSource({
    "THROTTLED_SECONDS",
    "THROTTLED_DATE",
    "THROTTLED",
    "SERVER_ERROR",
    "RESET",
    "CUT_BODY",
    "EMPTY_BODY",
    "HTML",
    "NESTED",
    "EMPTY_ANSWER",
    "CUT_ANSWER",
    "WRONG_SCHEMA",
    "ENDLESS"
  })
  void oneBadTurnIsMadeGoodByAskingAgain(Behavior first) {
    for (Provider provider : DIALECTS) {
      Ledger own = Ledger.inMemory(InstantSource.system());
      try (ScriptedServer server = new ScriptedServer(ANSWER, first, Behavior.CORRECT)) {
        Conversation.Outcome outcome = ask(model(provider, server.url(), 10_000, own));

        assertThat(text(outcome)).as("%s %s", provider, first).isEqualTo("return 0;");
        assertThat(server.bodies()).hasSize(2);
        assertThat(own.entries()).hasSize(2);
        assertThat(counted(own)).isEqualTo(server.charged());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "HANG,TIMEOUT,400",
    "DRIP,TIMEOUT,400",
    "THROTTLED_FOR_AN_HOUR,THROTTLED,10000",
    "SERVER_ERROR,SERVER,10000",
    "HUGE,TOO_LARGE,10000",
    "HTML,MALFORMED,10000",
    "RESET,UNREACHABLE,10000",
    "ENDLESS,MALFORMED,10000",
    "WRONG_SCHEMA,MALFORMED,10000",
    "UNKNOWN_MODEL,REFUSED,10000",
    "BAD_KEY,REFUSED,10000",
    "REDIRECT,REFUSED,10000"
  })
  void whatStaysBadEndsWithItsReason(Behavior behavior, Reason reason, int millis) {
    for (Provider provider : DIALECTS) {
      Ledger own = Ledger.inMemory(InstantSource.system());
      try (ScriptedServer server = new ScriptedServer(ANSWER, behavior)) {
        Conversation.Outcome outcome = ask(model(provider, server.url(), millis, own));

        assertThat(outcome)
            .as("%s %s", provider, behavior)
            .isInstanceOf(Conversation.Outcome.Nothing.class);
        var why = ((Conversation.Outcome.Nothing) outcome).why();
        assertThat(why.reason()).as("%s %s", provider, behavior).isEqualTo(reason);
        assertThat(why.detail()).doesNotContain("sk-");
        assertThat(server.bodies()).hasSizeLessThanOrEqualTo(PacedModel.ATTEMPTS);
        assertThat(counted(own)).isEqualTo(server.charged());
      }
    }
  }

  @Test
  void fiftyMegabytesAreNotRead() {
    try (ScriptedServer server = new ScriptedServer(ANSWER, Behavior.HUGE)) {
      ask(model(Provider.OLLAMA, server.url(), 10_000));

      assertThat(server.bytesOut()).isLessThan(25L * 1024 * 1024);
    }
  }

  @Test
  void usageThatIsMissingOrNonsenseIsEstimatedAndMarked() {
    for (Behavior odd : new Behavior[] {Behavior.NO_USAGE, Behavior.NEGATIVE_USAGE}) {
      try (ScriptedServer server = new ScriptedServer(ANSWER, odd)) {
        assertThat(text(ask(model(Provider.OPENAI, server.url(), 5_000)))).isEqualTo("return 0;");
      }
    }
    assertThat(ledger.entries()).hasSize(2).allMatch(Ledger.Entry::estimated);
    assertThat(ledger.usedToday()).isPositive();
  }

  @Test
  void aServerWithoutTlsIsNotSpokenToInPlain() {
    try (ScriptedServer server = new ScriptedServer(ANSWER, Behavior.CORRECT)) {
      Conversation.Outcome outcome =
          ask(model(Provider.OPENAI, "https://localhost:" + server.port(), 5_000));

      assertThat(((Conversation.Outcome.Nothing) outcome).why().reason())
          .isEqualTo(Reason.UNREACHABLE);
      assertThat(server.bodies()).isEmpty();
    }
  }

  @Test
  void aServerThatFailsAgainAndAgainIsLeftAlone() {
    try (ScriptedServer server = new ScriptedServer(ANSWER, Behavior.SERVER_ERROR)) {
      LanguageModel model = model(Provider.OPENAI, server.url(), 20_000);
      ask(model);
      Conversation.Outcome second = ask(model);
      int sent = server.bodies().size();
      Conversation.Outcome third = ask(model);

      assertThat(sent).isEqualTo(Breaker.FAILURES);
      assertThat(((Conversation.Outcome.Nothing) second).why().reason()).isEqualTo(Reason.RESTING);
      assertThat(((Conversation.Outcome.Nothing) third).why().reason()).isEqualTo(Reason.RESTING);
      assertThat(server.bodies()).hasSize(sent);
    }
  }

  @Test
  void aCertificateThatNobodyVouchesForEndsIt() throws Exception {
    for (Provider provider : DIALECTS) {
      try (SelfSigned server = SelfSigned.open(folder)) {
        Conversation.Outcome outcome =
            ask(model(provider, "https://localhost:" + server.port(), 5_000));

        assertThat(((Conversation.Outcome.Nothing) outcome).why().reason())
            .as("%s", provider)
            .isEqualTo(Reason.UNREACHABLE);
        assertThat(server.received()).as("nothing of the question was sent").isZero();
      }
    }
  }

  @Test
  void aRepositorysBudgetIsKeptWithWhatWasSpentBefore() {
    try (ScriptedServer server = new ScriptedServer(ANSWER, Behavior.CORRECT)) {
      LlmSettings priced = priced(settings(Provider.OPENAI, server.url(), 5_000));
      LanguageModel model = open(priced, Map.of());
      ask(model);
      double spent = ledger.entries().get(0).cost();
      ModelBudget lower =
          new ModelBudget(
              1_000_000, OptionalDouble.of(spent), Duration.ofSeconds(5), 1, 1_000, 200);

      Conversation.Outcome outcome = ask(model.within(lower));

      assertThat(((Conversation.Outcome.Nothing) outcome).why().reason()).isEqualTo(Reason.BUDGET);
      assertThat(((Conversation.Outcome.Nothing) outcome).why().detail())
          .startsWith("cost-per-incident");
      assertThat(server.bodies()).hasSize(1);
      assertThat(text(ask(model))).as("the wider budget is as it was").isEqualTo("return 0;");
    }
  }

  @Test
  void aSpentBudgetSendsNothing() {
    try (ScriptedServer server = new ScriptedServer(ANSWER, Behavior.CORRECT)) {
      LlmSettings settings =
          settings(Provider.OPENAI, server.url(), 5_000)
              .within(
                  new ModelBudget(
                      1_000, OptionalDouble.empty(), Duration.ofSeconds(5), 1, 1_000, 200));
      LanguageModel model = open(settings, Map.of());
      for (int i = 0; i < 10; i++) {
        ask(model);
      }

      assertThat(ledger.usedToday()).isLessThanOrEqualTo(1_000).isEqualTo(server.charged());
      assertThat(server.bodies()).hasSizeBetween(1, 8);
    }
  }

  @Test
  void anInterruptedThreadStopsWaiting() throws InterruptedException {
    try (ScriptedServer server = new ScriptedServer(ANSWER, Behavior.HANG)) {
      LanguageModel model = model(Provider.OPENAI, server.url(), 30_000);
      Conversation.Outcome[] outcome = new Conversation.Outcome[1];
      Thread asking = new Thread(() -> outcome[0] = ask(model));
      asking.start();
      while (server.bodies().isEmpty()) {
        Thread.sleep(10);
      }
      asking.interrupt();
      asking.join(20_000);

      assertThat(((Conversation.Outcome.Nothing) outcome[0]).why().reason())
          .isEqualTo(Reason.CANCELLED);
    }
  }

  @Test
  void goesThroughTheProxyThatTheEnvironmentNames() {
    try (ScriptedServer proxy = new ScriptedServer(ANSWER, Behavior.CORRECT)) {
      LlmSettings settings = settings(Provider.OPENAI, "http://models.example", 5_000);
      LanguageModel model = open(settings, Map.of("http_proxy", "localhost:" + proxy.port()));

      assertThat(text(ask(model))).isEqualTo("return 0;");
      assertThat(proxy.heads().get(0)).startsWith("POST http://models.example/");
    }
  }

  private static long counted(Ledger own) {
    return own.entries().stream()
        .filter(e -> !e.estimated())
        .mapToLong(e -> e.inputTokens() + e.outputTokens())
        .sum();
  }

  private static String text(Conversation.Outcome outcome) {
    assertThat(outcome).isInstanceOf(Conversation.Outcome.Data.class);
    return ((Conversation.Outcome.Data) outcome).value().path("text").asString();
  }

  private static Conversation.Outcome ask(LanguageModel model) {
    Question question =
        new Question(
            "repair", "inc-1", "repair/1", "Answer in JSON.", "what is wrong?", SCHEMA, 50);
    return new Conversation(model)
        .ask(question, Deadline.after(Duration.ofSeconds(40), System::nanoTime));
  }

  private LanguageModel model(Provider provider, String url, int millis) {
    return open(settings(provider, url, millis), Map.of());
  }

  private static LanguageModel model(Provider provider, String url, int millis, Ledger own) {
    return Remote.open(
            settings(provider, url, millis),
            own,
            Map.of(),
            InstantSource.system(),
            System::nanoTime,
            d -> {})
        .model();
  }

  private LanguageModel open(LlmSettings settings, Map<String, String> environment) {
    return Remote.open(
            settings, ledger, environment, InstantSource.system(), System::nanoTime, d -> {})
        .model();
  }

  private static LlmSettings priced(LlmSettings plain) {
    return new LlmSettings(
        plain.provider(),
        plain.model(),
        plain.baseUrl(),
        plain.key(),
        plain.folder(),
        plain.record(),
        plain.batch(),
        plain.values(),
        plain.temperature(),
        Optional.of(new LlmSettings.Prices(100, 200)),
        plain.budget(),
        plain.embeddingModel());
  }

  private static LlmSettings settings(Provider provider, String url, int millis) {
    ModelBudget budget = ModelBudget.defaults();
    return new LlmSettings(
        provider,
        "m",
        provider == Provider.OLLAMA ? url : url + "/v1",
        Optional.of(new LlmSettings.Secret("k")),
        Optional.empty(),
        Optional.empty(),
        false,
        LlmSettings.Values.SHAPES,
        OptionalDouble.empty(),
        Optional.empty(),
        new ModelBudget(
            budget.tokensPerDay(),
            budget.costPerIncident(),
            Duration.ofMillis(millis),
            2,
            budget.contextTokens(),
            budget.answerTokens()),
        Optional.empty());
  }
}
