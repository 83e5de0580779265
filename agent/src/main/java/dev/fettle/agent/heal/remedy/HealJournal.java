package dev.fettle.agent.heal.remedy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Decisions as lines of JSON, for benchmarks: it writes on the deciding thread. Thread-safe. */
final class HealJournal {
  private static final int MOST = 1_000;

  private final @Nullable Path file;
  private final AtomicInteger lines = new AtomicInteger();

  /**
   * @param file null writes nothing
   */
  HealJournal(@Nullable Path file) {
    this.file = file;
  }

  void decided(String site, List<String> contexts, List<Ranked> ranking, String chosen) {
    if (file == null || lines.incrementAndGet() > MOST) {
      return;
    }
    double confidence = ranking.isEmpty() ? 0 : ranking.get(0).confidence();
    String line =
        "{\"site\":"
            + quoted(site)
            + ",\"remedy\":"
            + quoted(chosen)
            + ",\"confidence\":"
            + String.format(Locale.ROOT, "%.4f", confidence)
            + ",\"features\":["
            + contexts.stream().map(HealJournal::quoted).collect(Collectors.joining(","))
            + "],\"offered\":["
            + ranking.stream().map(r -> quoted(r.remedy().name())).collect(Collectors.joining(","))
            + "]}\n";
    try {
      Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      lines.set(MOST);
    }
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
