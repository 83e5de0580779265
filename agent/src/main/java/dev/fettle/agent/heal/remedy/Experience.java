package dev.fettle.agent.heal.remedy;

import dev.fettle.agent.heal.remedy.Prior.Rate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What came of remedies in this service, kept in a file of lines {@code rate context remedy
 * successes trials day} and {@code ban site remedy day}. A rate loses half its weight in {@value
 * #HALF_LIFE} days; a ban ends after {@value #BAN} days. Thread-safe without locks.
 */
final class Experience {
  static final String FILE = "heal-experience.txt";
  private static final int HALF_LIFE = 14;
  private static final int BAN = 30;
  private static final int MOST = 10_000;

  /** What is left of one trial after some three months. */
  private static final double FADED = 0.01;

  private record Aged(Rate rate, long day) {
    Rate at(long today) {
      double left = Math.pow(0.5, Math.max(0, today - day) / (double) HALF_LIFE);
      return new Rate(rate.good() * left, rate.tried() * left);
    }
  }

  private final @Nullable Path file;
  private final LongSupplier today;
  private final Map<String, Aged> rates = new ConcurrentHashMap<>();
  private final Map<String, Long> bans = new ConcurrentHashMap<>();

  /**
   * @param file null keeps it in memory
   * @param today days since 1970
   */
  Experience(@Nullable Path file, LongSupplier today) {
    this.file = file;
    this.today = today;
  }

  /** Reads what is there; lines that are not understood are counted and left out. */
  Experience load(Consumer<String> problems) {
    if (file == null || !Files.isRegularFile(file)) {
      return this;
    }
    int bad = 0;
    try {
      for (String line : Files.readAllLines(file)) {
        bad += understood(line.strip().split(" ")) ? 0 : 1;
      }
    } catch (IOException e) {
      problems.accept("cannot read " + file + ": " + e);
    }
    if (bad > 0) {
      problems.accept(file + ": " + bad + " lines are not understood and left out");
    }
    return this;
  }

  private boolean understood(String[] parts) {
    try {
      if (parts[0].equals("rate") && parts.length == 6) {
        Rate rate = new Rate(Double.parseDouble(parts[3]), Double.parseDouble(parts[4]));
        if (rate.isSound()) {
          rates.put(parts[1] + " " + parts[2], new Aged(rate, Long.parseLong(parts[5])));
          return true;
        }
      } else if (parts[0].equals("ban") && parts.length == 4) {
        bans.put(parts[1] + " " + parts[2], Long.parseLong(parts[3]));
        return true;
      }
    } catch (NumberFormatException e) {
      // said by the result
    }
    return false;
  }

  /** What was seen of a remedy in a context, with its age taken off. */
  Rate rate(String context, String remedy) {
    Aged aged = rates.get(context + " " + remedy);
    return aged == null ? Rate.NONE : aged.at(today.getAsLong());
  }

  /** Whether a remedy did harm at a site, lately. */
  boolean isBanned(String site, String remedy) {
    Long day = bans.get(site + " " + remedy);
    return day != null && today.getAsLong() - day < BAN;
  }

  /** One outcome. A bad one bans the remedy from the site. */
  void learn(String site, String remedy, List<String> contexts, boolean good) {
    long now = today.getAsLong();
    Rate seen = new Rate(good ? 1 : 0, 1);
    for (String context : contexts) {
      String key = context + " " + remedy;
      // what is known is learned on, whatever room there is
      if (rates.containsKey(key) || hasRoom(rates, aged -> aged.at(now).tried() < FADED)) {
        rates.merge(key, new Aged(seen, now), (old, one) -> new Aged(old.at(now).plus(seen), now));
      }
    }
    String ban = site.replace(' ', '_') + " " + remedy;
    if (!good && (bans.containsKey(ban) || hasRoom(bans, day -> now - day >= BAN))) {
      bans.put(ban, now);
    }
  }

  /** Forgets what no longer counts where there is no room. */
  private static <T> boolean hasRoom(Map<String, T> kept, Predicate<T> over) {
    if (kept.size() >= MOST) {
      kept.values().removeIf(over);
    }
    return kept.size() < MOST;
  }

  /** Writes the file anew, whole or not at all. Not for host threads. */
  void save() throws IOException {
    if (file == null) {
      return;
    }
    List<String> lines = new ArrayList<>();
    rates.forEach(
        (key, aged) ->
            lines.add(
                String.format(
                    Locale.ROOT,
                    "rate %s %.3f %.3f %d",
                    key,
                    aged.rate().good(),
                    aged.rate().tried(),
                    aged.day())));
    bans.forEach((key, day) -> lines.add("ban " + key + " " + day));
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Path fresh = Files.createTempFile(folder, FILE, ".tmp");
    Files.write(fresh, lines);
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
  }
}
