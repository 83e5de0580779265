package dev.fettle.agent.heal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.agent.heal.Chooser;
import dev.fettle.boot.heal.HealHook;
import dev.fettle.boot.heal.HealPoint;
import dev.fettle.boot.heal.Healer;
import dev.fettle.boot.heal.Resumption;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Linked call sites cost what the JIT could not assume: they are unlinked when it is quiet. */
class RetransformationTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long START = 1_000 * SECOND;
  private static final Instrumentation JVM = ByteBuddyAgent.install();

  @TempDir Path directory;

  private final List<HealPoint> points = new ArrayList<>();
  private final Retransformation retransformation = new Retransformation(JVM, line -> {});
  private HealedProgram program;
  private Class<?> type;

  @AfterEach
  void close() {
    program.close();
  }

  /** Each linked call site has a point of its own. */
  private HealPoint fail() {
    HealHook.install(
        new Healer() {
          @Override
          public boolean passes(HealPoint point, Throwable thrown, int region) {
            return false;
          }

          @Override
          public Resumption heal(HealPoint point, Throwable thrown, int region, Object[] locals) {
            points.add(point);
            type = point.caller().lookupClass();
            return null;
          }
        });
    int before = points.size();
    try {
      program.call("f");
    } catch (Throwable expected) {
      assertThat(expected).isInstanceOf(NumberFormatException.class);
    }
    assertThat(points).hasSizeGreaterThan(before);
    return points.get(before);
  }

  private void load() throws Exception {
    program =
        HealedProgram.of(
            directory,
            Chooser.NOTHING,
            "static int f() { int n = 3; n = Integer.parseInt(\"x\"); return n; }");
  }

  @Test
  void aCallSiteStaysLinkedWhileItIsUsed() throws Exception {
    load();
    HealPoint first = fail();
    retransformation.called(type, START);
    retransformation.unlinkQuiet(START + 9 * SECOND);
    assertThat(fail()).isSameAs(first);
  }

  @Test
  void aClassThatWasQuietIsUnlinkedAndLinksAgainWhenItFails() throws Exception {
    load();
    HealPoint first = fail();
    retransformation.called(type, START);
    retransformation.unlinkQuiet(START + 11 * SECOND);
    HealPoint second = fail();
    assertThat(second).isNotSameAs(first);
    assertThat(fail()).isSameAs(second);
  }

  @Test
  void itIsUnlinkedAgainButOnceAMinuteAtMost() throws Exception {
    load();
    fail();
    retransformation.called(type, START);
    retransformation.unlinkQuiet(START + 11 * SECOND);
    HealPoint second = fail();
    retransformation.called(type, START + 12 * SECOND);
    retransformation.unlinkQuiet(START + 30 * SECOND);
    assertThat(fail()).isSameAs(second);
    retransformation.unlinkQuiet(START + 72 * SECOND);
    assertThat(fail()).isNotSameAs(second);
  }

  @Test
  void aClassThatDidNotActSinceIsLeftAlone() throws Exception {
    load();
    fail();
    retransformation.called(type, START);
    retransformation.unlinkQuiet(START + 11 * SECOND);
    HealPoint second = fail();
    retransformation.unlinkQuiet(START + 200 * SECOND);
    assertThat(fail()).isSameAs(second);
  }
}
