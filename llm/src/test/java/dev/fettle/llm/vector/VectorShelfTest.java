package dev.fettle.llm.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.llm.Models;
import dev.fettle.llm.client.Ledger;
import dev.fettle.llm.client.ScriptedServer;
import dev.fettle.llm.client.ScriptedServer.Behavior;
import dev.fettle.llm.context.PastCase;
import dev.fettle.llm.context.PastCases;
import dev.fettle.llm.settings.LlmSettings;
import dev.fettle.llm.settings.ModelBudget;
import dev.fettle.llm.settings.Provider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Vectors from scripted servers over real HTTP, and what becomes of similar incidents without. */
@Timeout(60)
class VectorShelfTest {
  private static final String FAILURE = "shop.Cart.total: no coupon";
  private static final PastCases CASES =
      new PastCases(
          List.of(
              new PastCase("inc-aaaaaaaaaa", "DiskException: disk disk full", "freed", "merged"),
              new PastCase("inc-bbbbbbbbbb", "Voucher: COUPON expired", "guarded", "quiet")));
  private static final List<String> TEXTS = CASES.texts(FAILURE, "inc-self000000");

  @TempDir Path folder;
  private final Ledger ledger = Ledger.inMemory(InstantSource.system());
  private final List<String> problems = new ArrayList<>();

  @ParameterizedTest
  @EnumSource(
      value = Provider.class,
      names = {"OPENAI", "OPENAI_COMPATIBLE", "OLLAMA"})
  void everyFormOfServerGivesVectorsAndIsInTheLedger(Provider provider) {
    try (ScriptedServer server = new ScriptedServer("", Behavior.CORRECT)) {
      VectorShelf shelf = shelf(settings(provider, server.url(), 5_000));

      assertThat(similar(shelf.asking("inc-1", budget(5_000))))
          .containsExactly("inc-bbbbbbbbbb", "inc-aaaaaaaaaa");
      assertThat(server.bodies()).hasSize(1);
      assertThat(ledger.entries()).hasSize(1);
      Ledger.Entry entry = ledger.entries().get(0);
      assertThat(entry.purpose()).isEqualTo("embed");
      assertThat(entry.subject()).isEqualTo("inc-1");
      assertThat(entry.model()).isEqualTo(provider.word() + ":e");
      assertThat(entry.inputTokens()).isPositive();
      assertThat(entry.estimated() || entry.inputTokens() == server.charged()).isTrue();
      assertThat(entry.outputTokens()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Behavior.class,
      names = {
        "UNEVEN_VECTORS",
        "MISSING_VECTOR",
        "SERVER_ERROR",
        "HANG",
        "DRIP",
        "THROTTLED_FOR_AN_HOUR",
        "HUGE",
        "HTML",
        "NESTED",
        "EMPTY_BODY",
        "CUT_BODY",
        "UNKNOWN_MODEL",
        "BAD_KEY",
        "REDIRECT",
        "RESET"
      })
  void wordsAloneDecideWhereAServerHasNoUsableVectors(Behavior behavior) {
    for (Provider provider : List.of(Provider.OPENAI, Provider.OLLAMA)) {
      problems.clear();
      try (ScriptedServer server = new ScriptedServer("", behavior)) {
        VectorShelf shelf = shelf(settings(provider, server.url(), 400));

        assertThat(shelf.asking("inc-1", budget(400)).of(TEXTS))
            .as("%s %s", provider, behavior)
            .isEmpty();
        assertThat(similar(shelf.known())).isEqualTo(similar(Vectors.none()));
        assertThat(problems).hasSize(1);
        assertThat(problems.get(0)).doesNotContain("sk-leak");
      }
    }
  }

  @Test
  void aSlowServerIsWaitedFor() {
    try (ScriptedServer server = new ScriptedServer("", Behavior.SLOW)) {
      VectorShelf shelf = shelf(settings(Provider.OPENAI, server.url(), 5_000));

      assertThat(shelf.asking("inc-1", budget(5_000)).of(TEXTS)).hasSize(3);
    }
  }

  @Test
  void eachTextIsAskedAboutOnceAlsoByLaterProcesses() {
    try (ScriptedServer server = new ScriptedServer("", Behavior.CORRECT)) {
      LlmSettings settings = settings(Provider.OPENAI, server.url(), 5_000);
      Map<String, float[]> first = shelf(settings).asking("inc-1", budget(5_000)).of(TEXTS);
      VectorShelf later = shelf(settings);

      assertThat(later.known().of(TEXTS)).usingRecursiveComparison().isEqualTo(first);
      assertThat(later.asking("inc-1", budget(5_000)).of(TEXTS)).hasSize(3);
      assertThat(later.unknown(TEXTS)).isEmpty();
      assertThat(server.bodies()).hasSize(1);
      assertThat(shelf(settings.embedding("another")).known().of(TEXTS)).isEmpty();
    }
  }

  @Test
  void whatWasKeptWithAnotherLengthIsAskedAboutAgain() {
    try (ScriptedServer server =
        new ScriptedServer("", Behavior.CORRECT, Behavior.LONGER_VECTORS)) {
      VectorShelf shelf = shelf(settings(Provider.OPENAI, server.url(), 5_000));
      shelf.asking("inc-1", budget(5_000)).of(TEXTS.subList(1, 3));

      assertThat(shelf.asking("inc-1", budget(5_000)).of(TEXTS).values())
          .hasSize(3)
          .allMatch(vector -> vector.length == 7);
    }
  }

  @Test
  void linesOfTheFileThatCannotBeReadAreLeftOut() throws IOException {
    try (ScriptedServer server = new ScriptedServer("", Behavior.CORRECT)) {
      LlmSettings settings = settings(Provider.OPENAI, server.url(), 5_000);
      shelf(settings).asking("inc-1", budget(5_000)).of(TEXTS);
      Path file = folder.resolve("vectors.jsonl");
      List<String> lines = Files.readAllLines(file);
      Files.writeString(
          file, lines.get(0) + "\n{\"model\":\"e\",\"vector\":\"?\"}\n" + lines.get(1) + "\n{\"mo");

      assertThat(shelf(settings).known().of(TEXTS)).hasSize(2);
    }
  }

  @Test
  void aReplayFindsWhatTheRecordingFound() {
    Path tapes = folder.resolve("tapes");
    List<String> recorded;
    try (ScriptedServer server = new ScriptedServer("", Behavior.CORRECT)) {
      LlmSettings settings = settings(Provider.OPENAI, server.url(), 5_000).recording(tapes);
      recorded = similar(shelf(settings).asking("inc-1", budget(5_000)));
    }
    LlmSettings replaying = LlmSettings.replaying(tapes).embedding("e");

    VectorShelf replayed = opened(replaying, folder.resolve("replayed.jsonl"));

    assertThat(similar(replayed.asking("inc-1", budget(5_000)))).isEqualTo(recorded);
    assertThat(recorded).containsExactly("inc-bbbbbbbbbb", "inc-aaaaaaaaaa");
    VectorShelf unknown = opened(replaying.embedding("other"), folder.resolve("none.jsonl"));
    assertThat(unknown.asking("inc-1", budget(5_000)).of(TEXTS)).isEmpty();
    assertThat(problems).last().asString().contains("no recording for this question");
  }

  @Test
  void vectorsCanBeAnsweredThroughAFolder() throws IOException {
    Path exchange = folder.resolve("exchange");
    LlmSettings settings = LlmSettings.exchanging(exchange, true).embedding("e");
    VectorShelf shelf = shelf(settings);
    assertThat(shelf.asking("inc-1", budget(5_000)).of(TEXTS)).isEmpty();
    Path question;
    try (Stream<Path> files = Files.list(exchange)) {
      question = files.findFirst().orElseThrow();
    }
    assertThat(Files.readString(question)).contains("\"purpose\" : \"embed\"", "no coupon");
    String answer = question.getFileName().toString().replace(".question.", ".answer.");
    Files.writeString(exchange.resolve(answer), "{\"vectors\":[[1,0],[0,1],[1,0.5]]}");

    assertThat(similar(shelf.asking("inc-1", budget(5_000)))).containsExactly("inc-bbbbbbbbbb");
  }

  private List<String> similar(Vectors vectors) {
    return CASES.similar(FAILURE, "inc-self000000", 3, vectors).stream().map(PastCase::id).toList();
  }

  private VectorShelf shelf(LlmSettings settings) {
    return opened(settings, folder.resolve("vectors.jsonl"));
  }

  private VectorShelf opened(LlmSettings settings, Path file) {
    Models models =
        Models.all(settings, ledger, Map.of(), InstantSource.system(), System::nanoTime);
    return VectorShelf.in(
        file,
        settings.embeddingModel().orElseThrow(),
        models.embeddings().orElseThrow(),
        System::nanoTime,
        problems::add);
  }

  private static ModelBudget budget(int millis) {
    return ModelBudget.defaults().waiting(Duration.ofMillis(millis));
  }

  private static LlmSettings settings(Provider provider, String url, int millis) {
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
        budget(millis),
        Optional.of("e"));
  }
}
