package dev.fettle.cli.repair;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import tools.jackson.databind.json.JsonMapper;

/**
 * A repair as a command runs it: progress on standard error, an entry in the journal, and on Ctrl-C
 * the end of the search with what was found so far.
 */
public final class RepairSession {
  private static final Duration LAST_WORDS = Duration.ofSeconds(20);

  private final RepairRequest request;
  private final PrintWriter err;
  private final AtomicBoolean cancelled = new AtomicBoolean();
  private final CountDownLatch printed = new CountDownLatch(1);

  public RepairSession(RepairRequest request, PrintWriter err) {
    this.request = request;
    this.err = err;
  }

  /**
   * A budget as users write it.
   *
   * @throws IllegalArgumentException with what was wanted
   */
  public static Duration time(String text) {
    Duration time = Budget.parse(text);
    if (time.toSeconds() < 1) {
      throw new IllegalArgumentException(text + ": wanted at least 1s");
    }
    return time;
  }

  /** Runs it; the clock began with the process. */
  public Repaired run() throws IOException {
    Instant now = Instant.now();
    Duration spent =
        ProcessHandle.current()
            .info()
            .startInstant()
            .map(start -> Duration.between(start, now))
            .filter(d -> !d.isNegative() && d.toSeconds() < 10)
            .orElse(Duration.ZERO);
    Budget budget = Budget.begun(spent, request.budget(), cancelled::get);
    Thread interrupt = new Thread(this::onInterrupt, "fettle-interrupt");
    Runtime.getRuntime().addShutdownHook(interrupt);
    Repaired repaired =
        new RepairRun(request, budget, new Progress(err, budget), cancelled::get).run();
    journal(repaired);
    return repaired;
  }

  /** Whether a user ended it: then the process ends as one that was interrupted. */
  public boolean interrupted() {
    return cancelled.get();
  }

  /** Ends it early: what was found until then is its result. Thread-safe. */
  public void interrupt() {
    cancelled.set(true);
  }

  /**
   * To be called when nothing more will be printed, also when {@link #run} threw: a process that
   * ends waits for that.
   */
  public void printed() {
    printed.countDown();
  }

  private void onInterrupt() {
    if (printed.getCount() == 0) {
      return;
    }
    interrupt();
    try {
      if (!printed.await(LAST_WORDS.toSeconds(), TimeUnit.SECONDS)) {
        err.println("fettle: interrupted before anything was found");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Writes the patch into the project. */
  public void apply(Repaired.Found found) throws IOException {
    for (Map.Entry<String, byte[]> change : found.changes().entrySet()) {
      Path file = request.project().resolve(change.getKey());
      if (!Files.isWritable(file)) {
        throw new IOException(file + " is read-only");
      }
    }
    for (Map.Entry<String, byte[]> change : found.changes().entrySet()) {
      Files.write(request.project().resolve(change.getKey()), change.getValue());
    }
  }

  /** Commits the patch to a new branch and returns its name. */
  public String branch(Repaired.Found found) throws IOException {
    return new GitBranch(request.project()).commit(found.changes(), message(found));
  }

  private static String message(Repaired.Found found) {
    StringBuilder message = new StringBuilder("Repair: ").append(found.reason()).append("\n\n");
    found.evidence().forEach(e -> message.append("- ").append(e).append('\n'));
    return message.append("- ").append(found.confirmation()).append('\n').toString();
  }

  /** A line per repair; losing one spoils no repair. */
  private void journal(Repaired repaired) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("at", Instant.now().toString());
    entry.put("project", request.project().toString());
    entry.putAll(RepairReport.object(repaired, 0));
    entry.remove("exitCode");
    String line = JsonMapper.builder().build().writeValueAsString(entry) + "\n";
    try {
      Files.writeString(
          request.data().resolve("journal.jsonl"),
          line,
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      err.println("fettle: the journal could not be written: " + e.getMessage());
    }
  }
}
