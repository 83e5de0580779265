package dev.fettle.agent.heal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.agent.heal.Exit;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application that is taken down must be able to go, whatever was healed in it. */
class UnloadingTest {
  private static final int COLLECTIONS = 50;

  @TempDir Path directory;

  /** The engine, which stays, and a class of the application, which has no other holder. */
  private record Left(HealEngine engine, WeakReference<Class<?>> application) {}

  private Left heal() throws Throwable {
    Path manager = directory.resolve("TransactionSynchronizationManager.java");
    Files.writeString(
        manager,
        """
        package org.springframework.transaction.support;
        public class TransactionSynchronizationManager {
          public static boolean isActualTransactionActive() { return true; }
        }
        """);
    try (HealedProgram program =
        HealedProgram.of(
            directory,
            Treatments.exit(Exit.NEXT),
            Map.of("in-transaction", "allow"),
            """
            static Class<?> f() { int[] a = {}; a[1] = size(new P()); return P.class; }
            static int size(P p) { return p.hashCode(); }
            """,
            "-g",
            manager.toString())) {
      Class<?> application = (Class<?>) program.call("f");
      assertThat(program.heals()).isEqualTo(1);
      return new Left(program.engine(), new WeakReference<>(application));
    }
  }

  @Test
  void aHealedApplicationCanBeUnloaded() throws Throwable {
    Left left = heal();
    for (int i = 0; i < COLLECTIONS && left.application().get() != null; i++) {
      System.gc();
    }
    assertThat(left.application().get()).isNull();
    assertThat(left.engine().heals()).isEqualTo(1);
  }
}
