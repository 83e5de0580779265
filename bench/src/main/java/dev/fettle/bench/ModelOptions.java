package dev.fettle.bench;

import dev.fettle.bench.host.BenchFailure;
import dev.fettle.llm.Models;
import dev.fettle.llm.client.Ledger;
import dev.fettle.llm.settings.LlmSettings;
import dev.fettle.llm.settings.SettingsException;
import dev.fettle.llm.settings.SettingsFile;
import dev.fettle.llm.talk.LanguageModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Which language model a benchmark asks: {@code docs/models.md}. */
final class ModelOptions {
  @CommandLine.Option(
      names = "--llm",
      paramLabel = "PROVIDER[:MODEL]",
      description = "The language model. Default: the one of the user's config.yml.")
  String llm = "";

  @CommandLine.Option(
      names = "--record",
      paramLabel = "DIR",
      description = "Keep questions and answers for --replay.")
  @Nullable Path record;

  @CommandLine.Option(
      names = "--replay",
      paramLabel = "DIR",
      description = "Answer from recordings; a question without one is left unanswered.")
  @Nullable Path replay;

  @CommandLine.Option(
      names = "--exchange",
      paramLabel = "DIR",
      description = "Write questions into DIR and wait for answer files beside them.")
  @Nullable Path exchange;

  @CommandLine.Option(
      names = "--batch",
      description = "With --exchange: do not wait; run again when the answers are there.")
  boolean batch;

  /** A model and its settings. */
  record Opened(LanguageModel model, LlmSettings settings) {}

  /** Whether answers come from recordings alone: then a run can be repeated bit for bit. */
  boolean replays() {
    return replay != null;
  }

  Opened open() {
    LlmSettings settings = settings();
    if (!settings.on()) {
      throw BenchFailure.usage(
          "no model: give --llm, --replay or --exchange, or name one in "
              + SettingsFile.user(System.getenv()));
    }
    InstantSource clock = InstantSource.system();
    return new Opened(
        Models.open(settings, Ledger.inMemory(clock), System.getenv(), clock, System::nanoTime),
        settings);
  }

  /**
   * Refuses options that nobody would heed.
   *
   * @param with what they go with, for the message
   */
  void expectNone(String with) {
    if (!llm.isEmpty() || record != null || replay != null || exchange != null || batch) {
      throw BenchFailure.usage("--llm, --record, --replay, --exchange and --batch go with " + with);
    }
  }

  private LlmSettings settings() {
    Map<String, String> environment = System.getenv();
    if (batch && exchange == null) {
      throw BenchFailure.usage("--batch goes with --exchange");
    }
    long sources =
        Stream.of(!llm.isEmpty(), replay != null, exchange != null).filter(x -> x).count();
    if (sources > 1) {
      throw BenchFailure.usage("--llm, --replay and --exchange: give one of them");
    }
    if (replay != null && record != null) {
      throw BenchFailure.usage("--record with --replay would only copy the recordings");
    }
    if (replay != null) {
      if (!Files.isDirectory(replay)) {
        throw BenchFailure.usage("--replay: no such directory: " + replay);
      }
      return LlmSettings.replaying(replay);
    }
    if (exchange != null) {
      LlmSettings exchanging = LlmSettings.exchanging(exchange, batch);
      return record == null ? exchanging : exchanging.recording(record);
    }
    try {
      LlmSettings chosen =
          SettingsFile.chosen(
              SettingsFile.read(SettingsFile.user(environment), environment), llm, environment);
      return record == null ? chosen : chosen.recording(record);
    } catch (SettingsException e) {
      throw BenchFailure.usage(String.valueOf(e.getMessage()));
    }
  }
}
