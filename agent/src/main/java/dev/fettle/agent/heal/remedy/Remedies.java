package dev.fettle.agent.heal.remedy;

import dev.fettle.agent.heal.Chooser;
import dev.fettle.agent.heal.Failure;
import dev.fettle.agent.heal.Fitting;
import dev.fettle.agent.heal.SiteFacts;
import dev.fettle.agent.heal.Treatment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The way to the built-in remedies. */
public final class Remedies {
  /** Least confidence that acts unless an option says otherwise; measured in docs/benchmarks.md. */
  static final double THRESHOLD = 0.55;

  private static final long SAVE_AFTER_MILLIS = 1_000;

  private Remedies() {}

  /**
   * A chooser as the options say.
   *
   * @param options without their {@code heal.}: {@code healer} ({@code typed}, {@code retry},
   *     {@code steamroller}), {@code threshold} (0 to 1), {@code force} (a remedy's name), {@code
   *     state} (a directory; none keeps what is learned in memory), {@code frozen} ({@code true}
   *     learns nothing), {@code journal} and {@code prior} (files); unknown ones are left alone
   * @param fitting hears which remedies fit what failed
   * @param console takes lines for people
   */
  public static Chooser chooser(
      Map<String, String> options, Fitting fitting, Consumer<String> console) {
    HealJournal journal = new HealJournal(path(options.get("journal")));
    String healer = options.getOrDefault("healer", "typed");
    return switch (healer) {
      case "steamroller" -> FixedChooser.steamroller(journal);
      case "retry" -> FixedChooser.retry(journal);
      case "typed" -> new OnFirstFailure(() -> typed(options, journal, fitting, console));
      default -> {
        console.accept(
            "heal.healer is " + healer + ", not typed, retry or steamroller; nothing is healed");
        yield Chooser.NOTHING;
      }
    };
  }

  /** Of all built-in remedies. */
  public static List<String> names() {
    return Remedy.all().stream().map(Remedy::name).toList();
  }

  private static Chooser typed(
      Map<String, String> options, HealJournal journal, Fitting fitting, Consumer<String> console) {
    Path state = path(options.get("state"));
    Path file = state == null ? null : state.resolve(Experience.FILE);
    Experience experience =
        new Experience(file, () -> LocalDate.now(ZoneOffset.UTC).toEpochDay()).load(console);
    boolean frozen = Boolean.parseBoolean(options.get("frozen"));
    return new TypedChooser(
        prior(options, console),
        experience,
        threshold(options, console),
        forced(options.get("force"), console),
        journal,
        frozen || file == null ? () -> {} : new Saving(experience, console),
        fitting);
  }

  private static Prior prior(Map<String, String> options, Consumer<String> console) {
    Path file = path(options.get("prior"));
    if (file != null) {
      try {
        return Prior.withMeasured(Files.readAllLines(file), console);
      } catch (IOException e) {
        console.accept("cannot read heal.prior, the shipped one is used: " + e);
      }
    }
    return Prior.shipped(console);
  }

  /** Null when there is no such remedy, which is said. */
  private static @Nullable String forced(@Nullable String name, Consumer<String> console) {
    List<String> names = names();
    if (name == null || names.contains(name) || name.equals(TypedChooser.ESCALATE)) {
      return name;
    }
    console.accept("heal.force is " + name + ", no remedy; there are: " + String.join(", ", names));
    return null;
  }

  private static double threshold(Map<String, String> options, Consumer<String> console) {
    String text = options.get("threshold");
    if (text == null) {
      return THRESHOLD;
    }
    try {
      double threshold = Double.parseDouble(text);
      if (threshold >= 0 && threshold <= 1) {
        return threshold;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    console.accept(
        "heal.threshold is " + text + ", not a number from 0 to 1; " + THRESHOLD + " is used");
    return THRESHOLD;
  }

  private static @Nullable Path path(@Nullable String text) {
    return text == null || text.isBlank() ? null : Path.of(text);
  }

  /** Reads priors and experience only where something fails: most processes never need them. */
  private static final class OnFirstFailure implements Chooser {
    private final Supplier<Chooser> maker;
    private final AtomicReference<@Nullable Chooser> made = new AtomicReference<>();

    OnFirstFailure(Supplier<Chooser> maker) {
      this.maker = maker;
    }

    private Chooser chooser() {
      Chooser known = made.get();
      if (known == null) {
        // two threads may make one each; the first that is done counts
        made.compareAndSet(null, maker.get());
        known = Objects.requireNonNull(made.get());
      }
      return known;
    }

    @Override
    public @Nullable Treatment choose(Failure failure) {
      return chooser().choose(failure);
    }

    @Override
    public @Nullable Treatment named(Failure failure, String remedy) {
      return chooser().named(failure, remedy);
    }

    @Override
    public List<String> fitting(Failure failure) {
      return chooser().fitting(failure);
    }

    @Override
    public void outcome(SiteFacts site, String treatment, boolean good, String why) {
      chooser().outcome(site, treatment, good, why);
    }
  }

  /** Writes experience a little later, on a thread that ends when it has. */
  private static final class Saving implements Runnable {
    private final Experience experience;
    private final Consumer<String> console;
    private final AtomicBoolean waiting = new AtomicBoolean();

    Saving(Experience experience, Consumer<String> console) {
      this.experience = experience;
      this.console = console;
    }

    @Override
    public void run() {
      if (waiting.compareAndSet(false, true)) {
        Thread thread = new Thread(null, this::saveSoon, "fettle-experience", 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        thread.start();
      }
    }

    private void saveSoon() {
      try {
        Thread.sleep(SAVE_AFTER_MILLIS);
        waiting.set(false);
        experience.save();
      } catch (IOException e) {
        console.accept("cannot keep what was learned: " + e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
