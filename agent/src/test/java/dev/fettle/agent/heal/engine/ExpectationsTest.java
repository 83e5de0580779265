package dev.fettle.agent.heal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.fettle.agent.heal.Chooser;
import dev.fettle.agent.heal.Exit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an application prepared for otherwise than by catch clauses. */
class ExpectationsTest {
  private static final Chooser NEXT = Treatments.exit(Exit.NEXT);

  @TempDir Path directory;

  @Test
  void aStageThatTakesTheThrowableIsAPlan() throws Throwable {
    try (HealedProgram program =
        HealedProgram.of(
            directory,
            NEXT,
            """
            static String f() {
              return java.util.concurrent.CompletableFuture.supplyAsync(() -> g())
                  .exceptionally(t -> "planned").join();
            }
            static String g() { int n = 1; n = Integer.parseInt("x"); return "n" + n; }
            """)) {
      assertThat(program.call("f")).isEqualTo("planned");
      assertThat(program.heals()).isZero();
    }
  }

  @Test
  void aTaskOfAnExecutorWithoutAPlanIsHealed() throws Throwable {
    try (HealedProgram program =
        HealedProgram.of(
            directory,
            NEXT,
            """
            static String f() throws Exception {
              var pool = java.util.concurrent.Executors.newSingleThreadExecutor();
              try { return pool.submit(() -> g()).get(); } finally { pool.shutdown(); }
            }
            static String g() { int n = 1; n = Integer.parseInt("x"); return "n" + n; }
            """)) {
      assertThat(program.call("f")).isEqualTo("n1");
    }
  }

  @Test
  void reflectionIsNoBoundary() throws Throwable {
    try (HealedProgram program =
        HealedProgram.of(
            directory,
            NEXT,
            """
            static Object f() throws Exception { return P.class.getDeclaredMethod("g").invoke(null); }
            public static String g() { int n = 1; n = Integer.parseInt("x"); return "n" + n; }
            """)) {
      assertThat(program.call("f")).isEqualTo("n1");
    }
  }

  @Test
  void whatATestWantsToSeeThrownIsThrown() throws Throwable {
    try (HealedProgram program =
        HealedProgram.of(
            directory,
            NEXT,
            """
            static String f() {
              return org.junit.jupiter.api.Assertions.assertThrows(
                  NumberFormatException.class, () -> g()).getMessage();
            }
            static String h() {
              String[] got = new String[1];
              org.junit.jupiter.api.Assertions.assertDoesNotThrow(() -> { got[0] = g(); });
              return got[0];
            }
            static String g() { int n = 1; n = Integer.parseInt("x"); return "n" + n; }
            """)) {
      assertThat(program.call("f")).isEqualTo("For input string: \"x\"");
      assertThat(program.heals()).isZero();
      assertThat(program.call("h")).isEqualTo("n1");
    }
  }

  @Test
  void anExceptionHandlerThatNamesTheTypeIsAPlanWithinTheFramework() throws Throwable {
    try (HealedProgram program =
        inTheWeb(
            "@org.springframework.web.bind.annotation.ExceptionHandler"
                + "(NumberFormatException.class) static void answer(Exception e) {}")) {
      assertThat(catchThrowable(() -> program.call("f"))).isInstanceOf(NumberFormatException.class);
      assertThat(program.call("g")).isEqualTo("n1");
    }
  }

  @Test
  void anExceptionHandlerForEverythingIsNone() throws Throwable {
    try (HealedProgram program =
        inTheWeb(
            "@org.springframework.web.bind.annotation.ExceptionHandler"
                + " static void answer(Exception e) {}")) {
      assertThat(program.call("f")).isEqualTo("n1");
    }
  }

  /** {@code f} calls {@code g}, which fails, through a framework that looks like Spring's. */
  private HealedProgram inTheWeb(String handler) throws Exception {
    Path annotation = directory.resolve("ExceptionHandler.java");
    Files.writeString(
        annotation,
        "package org.springframework.web.bind.annotation;\n"
            + "public @interface ExceptionHandler { Class<?>[] value() default {}; }\n");
    Path framework = directory.resolve("Dispatcher.java");
    Files.writeString(
        framework,
        "package org.springframework.web; public class Dispatcher {\n"
            + "public static Object call(java.util.concurrent.Callable<?> c) throws Exception"
            + " { return c.call(); } }\n");
    String members =
        "static Object f() throws Exception"
            + " { return org.springframework.web.Dispatcher.call(() -> g()); }\n"
            + "static String g() { int n = 1; n = Integer.parseInt(\"x\"); return \"n\" + n; }\n"
            + handler;
    return HealedProgram.of(
        directory, NEXT, Map.of(), members, "-g", annotation.toString(), framework.toString());
  }

  @Test
  void anOpenTransactionIsLeftAloneUnlessPolicyAllows() throws Throwable {
    Path source = directory.resolve("TransactionSynchronizationManager.java");
    Files.writeString(
        source,
        """
        package org.springframework.transaction.support;
        public class TransactionSynchronizationManager {
          public static boolean open = true;
          public static boolean isActualTransactionActive() { return open; }
        }
        """);
    String members = "static int f() { int[] a = {}; a[1] = 2; return 7; }";
    try (HealedProgram program =
        HealedProgram.of(directory, NEXT, Map.of(), members, "-g", source.toString())) {
      assertThat(catchThrowable(() -> program.call("f")))
          .isInstanceOf(ArrayIndexOutOfBoundsException.class);
    }
    try (HealedProgram program =
        HealedProgram.of(
            directory, NEXT, Map.of("in-transaction", "allow"), members, "-g", source.toString())) {
      assertThat(program.call("f")).isEqualTo(7);
    }
  }

  @Test
  void warmingUpIsNotCountedAndDisturbsNothing() throws Throwable {
    try (HealedProgram program =
        HealedProgram.of(
            directory,
            NEXT,
            Map.of("warm-up", "wait"),
            "static int f() { int[] a = {}; a[1] = 2; return 7; }",
            "-g")) {
      assertThat(program.heals()).isZero();
      assertThat(program.said).noneMatch(line -> line.contains("not warmed up"));
      assertThat(program.call("f")).isEqualTo(7);
    }
  }
}
