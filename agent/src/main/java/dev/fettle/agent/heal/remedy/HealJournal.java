package dev.fettle.agent.heal.remedy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decisions as lines of JSON, for benchmarks: a thread of its own writes them, so that what is
 * measured is the decision; what is left is written when the JVM ends. Thread-safe.
 */
final class HealJournal {
  private static final int MOST = 1_000;
  private static final Decided END = new Decided("", List.of(), List.of(), false, "");
  private static final long PATIENCE_MILLIS = 1_000;

  /** What the agent rehearses on is nobody's business. */
  private static final String OWN = "dev.fettle.agent.";

  private record Decided(
      String site, List<String> contexts, List<Ranked> ranking, boolean above, String chosen) {}

  private final @Nullable Path file;
  private final BlockingQueue<Decided> queue = new LinkedBlockingQueue<>(MOST);

  /**
   * @param file null writes nothing
   */
  HealJournal(@Nullable Path file) {
    this.file = file;
    if (file != null) {
      Thread writer = thread("fettle-journal", () -> write(file));
      writer.setDaemon(true);
      writer.start();
      Runtime.getRuntime().addShutdownHook(thread("fettle-journal-end", () -> end(writer)));
    }
  }

  private static Thread thread(String name, Runnable work) {
    Thread thread = new Thread(null, work, name, 0, false);
    thread.setContextClassLoader(null);
    return thread;
  }

  @SuppressWarnings("ReferenceEquality") // the end is a mark, no value
  private void write(Path to) {
    try {
      for (Decided next = queue.take(); next != END; next = queue.take()) {
        Files.writeString(to, line(next), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      }
    } catch (IOException e) {
      queue.clear();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void end(Thread writer) {
    try {
      if (queue.offer(END)) {
        writer.join(PATIENCE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * A decision.
   *
   * @param above whether a caller's statement could be healed instead
   */
  void decided(
      String site, List<String> contexts, List<Ranked> ranking, boolean above, String chosen) {
    if (file != null && !site.startsWith(OWN)) {
      boolean kept = queue.offer(new Decided(site, contexts, ranking, above, chosen));
      assert kept || queue.remainingCapacity() == 0 : "dropped: more than anybody reads";
    }
  }

  private static String line(Decided decided) {
    List<Ranked> ranking = decided.ranking();
    double confidence = ranking.isEmpty() ? 0 : ranking.get(0).confidence();
    return "{\"site\":"
        + quoted(decided.site())
        + ",\"remedy\":"
        + quoted(decided.chosen())
        + ",\"confidence\":"
        + String.format(Locale.ROOT, "%.4f", confidence)
        + ",\"features\":["
        + decided.contexts().stream().map(HealJournal::quoted).collect(Collectors.joining(","))
        + "],\"offered\":["
        + Stream.concat(
                ranking.stream().map(r -> r.remedy().name()),
                Stream.of(TypedChooser.ESCALATE).filter(any -> decided.above()))
            .map(HealJournal::quoted)
            .collect(Collectors.joining(","))
        + "]}\n";
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append(' ');
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
