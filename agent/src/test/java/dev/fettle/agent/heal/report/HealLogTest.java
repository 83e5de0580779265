package dev.fettle.agent.heal.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.agent.capture.CaptureLimits;
import dev.fettle.agent.capture.ValueCapture;
import dev.fettle.agent.heal.Action;
import dev.fettle.agent.heal.Chooser;
import dev.fettle.agent.heal.Failure;
import dev.fettle.agent.heal.Treatment;
import dev.fettle.agent.observe.ApplicationClasses;
import dev.fettle.agent.observe.ThrownTrace;
import dev.fettle.agent.options.HealMode;
import dev.fettle.agent.redact.Redactor;
import dev.fettle.agent.redact.Tokens;
import dev.fettle.boot.Observer;
import dev.fettle.wire.HealMessage;
import dev.fettle.wire.Message;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealLogTest {
  private static final OneSite SITE = OneSite.price();
  private static final Treatment SKIP =
      new Treatment() {
        @Override
        public String name() {
          return "skip";
        }

        @Override
        public double confidence() {
          return 0.9;
        }

        @Override
        public String rationale() {
          return "the value is kept";
        }

        @Override
        public Action act(Failure failure) {
          throw new IllegalStateException("not asked here");
        }
      };

  @BeforeAll
  static void openJdk() {
    ByteBuddyAgent.install()
        .redefineModule(
            Object.class.getModule(),
            Set.of(),
            Map.of(),
            Map.of("java.lang", Set.of(HealLogTest.class.getModule())),
            Set.of(),
            Map.of());
  }

  @TempDir Path state;
  private final AtomicLong nanos = new AtomicLong(TimeUnit.HOURS.toNanos(5));
  private final List<String> lines = new ArrayList<>();

  @Test
  void aHealIsShownWithTheStateBeforeAndAfter() {
    HealLog log = log();
    heal(log);
    HealMessage.Healed healed = (HealMessage.Healed) passed(log).get(0);
    assertThat(healed.before().toString()).contains("text", "Scalar[type=int, text=7]");
    assertThat(healed.after().toString()).contains("Scalar[type=int, text=0]");
    assertThat(healed.remedy()).isEqualTo("skip");
    assertThat(healed.confidence()).isEqualTo(900);
    assertThat(healed.thrown().type()).isEqualTo("java.lang.NumberFormatException");
    assertThat(lines)
        .singleElement()
        .asString()
        .contains("healed java.lang.NumberFormatException at " + SITE.id() + " with skip");
  }

  @Test
  void secretsInTheMessageAreMasked() {
    HealLog log = log();
    heal(log, new IllegalStateException("password=hunter22secret"));
    HealMessage.Healed healed = (HealMessage.Healed) passed(log).get(0);
    assertThat(healed.thrown().message()).doesNotContain("hunter22secret");
  }

  @Test
  void furtherHealsOfThePlaceAreCountedOnly() {
    HealLog log = log();
    for (int i = 0; i < 1_000; i++) {
      heal(log);
    }
    assertThat(passed(log)).hasSize(1);
    assertThat(log.totals().healed()).containsEntry(SITE.id() + " skip", 1_000L);
  }

  @Test
  void anHourLaterItIsShownAgainWithWhatWasCountedSince() {
    HealLog log = log();
    heal(log);
    heal(log);
    nanos.addAndGet(TimeUnit.HOURS.toNanos(1));
    heal(log);
    assertThat(passed(log)).extracting(m -> ((HealMessage.Healed) m).repeats()).contains(1L, 2L);
  }

  @Test
  void refusalsAreCountedByReason() {
    HealLog log = log();
    log.healing(SITE.failing(new NumberFormatException("x")), SKIP).refused("budget");
    assertThat(log.totals().refused()).containsEntry("budget", 1L);
    assertThat(log.totals().healed()).containsEntry(SITE.id() + " skip", 0L);
  }

  private void heal(HealLog log) {
    heal(log, new NumberFormatException("x"));
  }

  private static void heal(HealLog log, Throwable thrown) {
    Failure failure = SITE.failing(thrown, "12 eggs", new ArrayList<>(), new int[1], 7);
    log.healing(failure, SKIP)
        .healed(
            () ->
                new HealListener.Afterwards(
                    "next statement",
                    "callers get 7",
                    new Object[] {"12 eggs", new ArrayList<>(), new int[1], 0}));
  }

  private static List<Message> passed(HealLog log) {
    List<Message> passed = new ArrayList<>();
    log.drain(passed::add);
    return passed;
  }

  private HealLog log() {
    Redactor redactor = new Redactor(new Tokens(1, 2));
    ApplicationClasses classes = new ApplicationClasses((name, why) -> {});
    AtomicLong ids = new AtomicLong();
    return new HealLog(
        new HealSwitch((name, site) -> HealMode.TYPED, state),
        new ValueCapture(redactor, CaptureLimits.DEFAULT, classes::contains),
        new ThrownTrace(classes, redactor),
        new Outcomes(
            Observer.NOTHING,
            Chooser.NOTHING,
            m -> {},
            System::nanoTime,
            System::currentTimeMillis),
        () -> "h-" + ids.incrementAndGet(),
        lines::add,
        nanos::get);
  }
}
