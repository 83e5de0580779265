package dev.fettle.llm.client;

import dev.fettle.llm.settings.LlmSettings.Prices;
import dev.fettle.llm.settings.ModelBudget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every attempt at a question, with its tokens and cost; one JSON object per line of a file.
 * Budgets are reserved before sending and settled after, so that questions asked at the same time
 * cannot together overrun one. Guarded by itself.
 */
public final class Ledger {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final @Nullable Path file;
  private final InstantSource clock;
  private final List<Entry> entries = new ArrayList<>();
  private final Map<String, Double> costs = new HashMap<>();
  private LocalDate day;
  private long usedToday;
  private long reserved;

  /**
   * One attempt.
   *
   * @param hash of the question
   * @param outcome {@code answered}, or the reason there was no answer
   * @param estimated whether the server gave no count
   * @param cost in the currency of the prices; 0 when there are none
   */
  public record Entry(
      Instant at,
      String model,
      String purpose,
      String subject,
      String prompt,
      String hash,
      String outcome,
      long inputTokens,
      long outputTokens,
      boolean estimated,
      double cost,
      long millis) {}

  private Ledger(@Nullable Path file, InstantSource clock) {
    this.file = file;
    this.clock = clock;
    this.day = today();
  }

  /** A ledger that lasts as long as the process. */
  public static Ledger inMemory(InstantSource clock) {
    return new Ledger(null, clock);
  }

  /** A ledger that goes on where its file ends; lines that cannot be read are left out. */
  public static Ledger in(Path file, InstantSource clock) {
    Ledger ledger = new Ledger(file, clock);
    read(file).forEach(ledger::count);
    return ledger;
  }

  /** Entries of a file, oldest first. */
  public static List<Entry> read(Path file) {
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines.map(Ledger::parse).flatMap(Optional::stream).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the ledger " + file, e);
    }
  }

  /** Entries of this process and, with a file, those before it; oldest first. */
  public synchronized List<Entry> entries() {
    return List.copyOf(entries);
  }

  /** Tokens used this UTC day. */
  public synchronized long usedToday() {
    turn();
    return usedToday;
  }

  /**
   * Holds tokens and cost for a question.
   *
   * @return why not, when a budget would be overrun
   */
  synchronized Optional<String> reserve(
      String subject, long tokens, ModelBudget budget, @Nullable Prices prices, long input) {
    turn();
    if (usedToday + reserved + tokens > budget.tokensPerDay()) {
      return Optional.of(
          "tokens-per-day: "
              + (usedToday + reserved)
              + " of "
              + budget.tokensPerDay()
              + " used, this question may need "
              + tokens);
    }
    double cost = prices == null ? 0 : prices.of(input, tokens - input);
    double spent = costs.getOrDefault(subject, 0.0);
    if (budget.costPerIncident().isPresent()
        && spent + cost > budget.costPerIncident().getAsDouble()) {
      return Optional.of(
          "cost-per-incident: " + spent + " of " + budget.costPerIncident().getAsDouble());
    }
    reserved += tokens;
    costs.merge(subject, cost, Double::sum);
    return Optional.empty();
  }

  /** Gives back what was held for a question. */
  synchronized void release(String subject, long tokens, @Nullable Prices prices, long input) {
    double cost = prices == null ? 0 : prices.of(input, tokens - input);
    reserved -= tokens;
    costs.merge(subject, -cost, Double::sum);
  }

  /** Writes an attempt down; durable for the life of the machine's page cache, not beyond. */
  synchronized void add(Entry entry) {
    count(entry);
    Path to = file;
    if (to == null) {
      return;
    }
    try {
      Files.createDirectories(to.toAbsolutePath().getParent());
      Files.writeString(to, line(entry), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the ledger " + to, e);
    }
  }

  private void count(Entry entry) {
    turn();
    entries.add(entry);
    if (LocalDate.ofInstant(entry.at(), ZoneOffset.UTC).equals(day)) {
      usedToday += entry.inputTokens() + entry.outputTokens();
    }
    costs.merge(entry.subject(), entry.cost(), Double::sum);
  }

  private void turn() {
    LocalDate now = today();
    if (!now.equals(day)) {
      day = now;
      usedToday = 0;
    }
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  private static String line(Entry e) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("at", e.at().toString());
    line.put("model", e.model());
    line.put("purpose", e.purpose());
    line.put("subject", e.subject());
    line.put("prompt", e.prompt());
    line.put("hash", e.hash());
    line.put("outcome", e.outcome());
    line.put("inputTokens", e.inputTokens());
    line.put("outputTokens", e.outputTokens());
    line.put("estimated", e.estimated());
    line.put("cost", e.cost());
    line.put("millis", e.millis());
    return JSON.writeValueAsString(line) + "\n";
  }

  private static Optional<Entry> parse(String line) {
    try {
      JsonNode e = JSON.readTree(line);
      return Optional.of(
          new Entry(
              Instant.parse(e.path("at").asString()),
              e.path("model").asString(),
              e.path("purpose").asString(),
              e.path("subject").asString(),
              e.path("prompt").asString(),
              e.path("hash").asString(),
              e.path("outcome").asString(),
              e.path("inputTokens").asLong(),
              e.path("outputTokens").asLong(),
              e.path("estimated").asBoolean(),
              e.path("cost").asDouble(),
              e.path("millis").asLong()));
    } catch (JacksonException | java.time.DateTimeException e) {
      return Optional.empty();
    }
  }
}
