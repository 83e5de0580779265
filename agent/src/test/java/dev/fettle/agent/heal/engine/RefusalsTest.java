package dev.fettle.agent.heal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.fettle.agent.heal.Action;
import dev.fettle.agent.heal.Chooser;
import dev.fettle.agent.heal.Exit;
import dev.fettle.agent.heal.Failure;
import dev.fettle.agent.heal.Treatment;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left alone, and that the program then sees the very throwable that it threw. */
class RefusalsTest {
  private static final Chooser NEXT = Treatments.exit(Exit.NEXT);

  @TempDir Path directory;

  private HealedProgram program(Chooser chooser, String members) throws Exception {
    return HealedProgram.of(directory, chooser, members);
  }

  /** What {@code f} throws, having kept it in {@code kept}; nothing may be healed. */
  private void leavesAlone(Chooser chooser, String members) throws Exception {
    try (HealedProgram program =
        program(
            chooser,
            "static Throwable kept; static <T extends Throwable> T keep(T t) "
                + "{ kept = t; return t; } static Throwable kept() { return kept; }\n"
                + members)) {
      Throwable thrown = catchThrowable(() -> program.call("f"));
      assertThat(thrown).isNotNull();
      assertThat(catchThrowable(() -> assertThat(program.call("kept")).isSameAs(thrown))).isNull();
      assertThat(program.heals()).isZero();
    }
  }

  @Test
  void errorsInterruptionsAndExhaustionAreNotHealed() throws Exception {
    leavesAlone(
        NEXT,
        "static void f() throws Exception { g(); } "
            + "static void g() throws Exception { throw keep(new InterruptedException()); }");
    leavesAlone(
        NEXT, "static void f() { g(); } static void g() { throw keep(new ThreadDeath()); }");
    leavesAlone(
        NEXT,
        "static void f() { g(); } "
            + "static void g() { throw keep(new OutOfMemoryError(\"test\")); }");
    leavesAlone(
        NEXT,
        "static void f() { g(); } static int g() { "
            + "try { return 1 + g(); } catch (StackOverflowError e) { throw keep(e); } }");
    leavesAlone(
        NEXT, "static void f() { g(); } static void g() { throw keep(new AssertionError()); }");
  }

  @Test
  void aTypedCatchUpTheStackIsWhatThePogramPlanned() throws Throwable {
    try (HealedProgram program =
        program(
            NEXT,
            """
            static String f() {
              try { return "got " + parse("x"); }
              catch (NumberFormatException e) { return "handled"; }
            }
            static int parse(String s) { int n = Integer.parseInt(s); return n; }
            """)) {
      for (int i = 0; i < 40; i++) {
        assertThat(program.call("f")).isEqualTo("handled");
      }
      assertThat(program.heals()).isZero();
    }
  }

  @Test
  void aTypedCatchBehindAFinallyOfTheSameMethodCounts() throws Throwable {
    try (HealedProgram program =
        program(
            NEXT,
            """
            static String f() {
              StringBuilder log = new StringBuilder();
              try {
                try { int n = Integer.parseInt("x"); log.append(n); } finally { log.append("f"); }
              } catch (NumberFormatException e) { log.append("caught"); }
              return log.toString();
            }
            """)) {
      assertThat(program.call("f")).isEqualTo("fcaught");
    }
  }

  @Test
  void aRetryLoopIsThePrograms() throws Throwable {
    try (HealedProgram program =
        program(
            NEXT,
            """
            static int tries;
            static String f() {
              for (int i = 0; i < 5; i++) {
                try { return attempt(); } catch (IllegalStateException e) { tries++; }
              }
              return "gave up";
            }
            static String attempt() { if (tries < 2) { throw new IllegalStateException(); } return "ok"; }
            """)) {
      assertThat(program.call("f")).isEqualTo("ok");
      assertThat(program.heals()).isZero();
    }
  }

  @Test
  void aBroadCatchThatWrapsIsNoPlan() throws Throwable {
    try (HealedProgram program =
        program(
            NEXT,
            """
            static String f() {
              try { return g(); } catch (RuntimeException e) { throw new IllegalStateException(e); }
            }
            static String g() { int n = 1; n = Integer.parseInt("x"); return "n" + n; }
            """)) {
      assertThat(program.call("f")).isEqualTo("n1");
      assertThat(program.heals()).isEqualTo(1);
    }
  }

  @Test
  void outputIsNotSkipped() throws Exception {
    leavesAlone(
        NEXT,
        "static void f() { String s = null; "
            + "try { g(s); } catch (RuntimeException e) { throw keep(e); } } "
            + "static void g(String s) { System.out.println(s.length()); }");
  }

  @Test
  void effectsOfCalleesAreSeen() throws Exception {
    leavesAlone(
        NEXT,
        "static void f() { try { g(); } catch (RuntimeException e) { throw keep(e); } } "
            + "static void g() { save(null); } "
            + "static void save(String s) { write(s); System.out.println(s.length()); } "
            + "static void write(String s) {}");
  }

  @Test
  void staticInitializersFailAsTheyDid() throws Throwable {
    try (HealedProgram program =
        program(
            NEXT,
            "static class I { static int n = Integer.parseInt(\"x\"); } "
                + "static void f() { int n = I.n; }")) {
      assertThat(catchThrowable(() -> program.call("f")))
          .isInstanceOf(ExceptionInInitializerError.class);
    }
  }

  @Test
  void aLockThatWasNotTakenIsNotAssumed() throws Throwable {
    try (HealedProgram program =
        program(
            NEXT,
            "static int f() { Object lock = null; int n = 0; "
                + "synchronized (lock) { n = 1; } return n; }")) {
      assertThat(catchThrowable(() -> program.call("f"))).isInstanceOf(NullPointerException.class);
    }
  }

  @Test
  void healsInALoopEndWithTheBudget() throws Throwable {
    try (HealedProgram program =
        HealedProgram.of(
            directory,
            Treatments.exit(Exit.NEXT),
            Map.of("budget.site", "100"),
            "static int n; static void f() { int[] a = {}; while (true) { n++; a[3] = 1; } } "
                + "static int n() { return n; }",
            "-g")) {
      assertThat(catchThrowable(() -> program.call("f")))
          .isInstanceOf(ArrayIndexOutOfBoundsException.class);
      assertThat(program.call("n")).isEqualTo(101);
    }
  }

  @Test
  void aTreatmentThatThrowsChangesNothing() throws Exception {
    Chooser broken =
        Treatments.always(
            f -> {
              throw new IllegalStateException("remedy");
            });
    leavesAlone(broken, "static void f() { throw keep(new IllegalArgumentException()); }");
  }

  @Test
  void whatBreaksWhileHealingIsReportedAndSoIsWhatFailsAfterwards() throws Throwable {
    Chooser broken =
        failure -> {
          throw new IllegalStateException("chooser");
        };
    try (HealedProgram program =
        program(broken, "static void f() { throw new IllegalArgumentException(); }")) {
      for (int i = 0; i < 2 * Healing.OWN_FAILURES + 20; i++) {
        assertThat(catchThrowable(() -> program.call("f")))
            .isInstanceOf(IllegalArgumentException.class);
      }
      assertThat(program.observed).hasSize(2 * Healing.OWN_FAILURES + 20);
      assertThat(program.said).filteredOn(l -> l.contains("too often itself")).hasSize(1);
    }
  }

  @Test
  void aValueThatDoesNotFitChangesNothing() throws Exception {
    leavesAlone(
        Treatments.giveBack("text"),
        "static int f() { return g(); } static int g() { throw keep(new"
            + " IllegalArgumentException()); }");
  }

  @Test
  void afterAnImpossibleTreatmentTheNextIsTried() throws Throwable {
    Chooser second =
        failure ->
            failure.attempt() == 0
                ? named("first", f -> new Action.Resume(Exit.DEFAULT, Map.of()))
                : named("second", f -> new Action.Return(failure.impossible().toString()));
    try (HealedProgram program =
        program(second, "static String f() { throw new IllegalArgumentException(); }")) {
      assertThat(program.call("f")).isEqualTo("[first]");
    }
  }

  private static Treatment named(String name, java.util.function.Function<Failure, Action> action) {
    return new Treatment() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public double confidence() {
        return 1;
      }

      @Override
      public Action act(Failure failure) {
        return action.apply(failure);
      }
    };
  }

  @Test
  void aFailureInsideAReplayIsNotHealedByItself() throws Throwable {
    try (HealedProgram program =
        program(
            Treatments.always(f -> new Action.Replay(false, Map.of(), Map.of(), true)),
            "static int n; static int f() { return g() + 1; } static int g() { n++; "
                + "if (n < 2) { throw new IllegalStateException(); } return n; }")) {
      assertThat(program.call("f")).isEqualTo(3);
    }
  }

  @Test
  void stoppedAtRunTimeNothingIsHealed() throws Throwable {
    try (HealedProgram program =
        program(NEXT, "static int f() { int[] a = {}; a[1] = 2; return 7; }")) {
      assertThat(program.call("f")).isEqualTo(7);
      program.engine().stop();
      assertThat(catchThrowable(() -> program.call("f")))
          .isInstanceOf(ArrayIndexOutOfBoundsException.class);
      program.engine().start();
      assertThat(program.call("f")).isEqualTo(7);
    }
  }

  @Test
  void withoutDebugInformationOnlyWhatIsSureIsHealed() throws Throwable {
    String members =
        "static String f() { String s = null; int n = s.length(); return \"n\" + n; } "
            + "static int g() { int[] a = {}; a[1] = 2; return 7; }";
    try (HealedProgram program = HealedProgram.of(directory, NEXT, Map.of(), members, "-g:none")) {
      assertThat(catchThrowable(() -> program.call("f"))).isInstanceOf(NullPointerException.class);
      assertThat(program.call("g")).isEqualTo(7);
    }
  }

  @Test
  void manyThreadsFailAtOnce() throws Throwable {
    try (HealedProgram program =
        program(
            NEXT,
            """
            static int f() throws Exception {
              java.util.concurrent.atomic.AtomicInteger ok = new java.util.concurrent.atomic.AtomicInteger();
              List<Thread> all = new ArrayList<>();
              for (int i = 0; i < 200; i++) {
                Thread t = new Thread(() -> { for (int k = 0; k < 20; k++) { ok.addAndGet(g(null)); } });
                all.add(t);
                t.start();
              }
              for (Thread t : all) { t.join(); }
              return ok.get();
            }
            static int g(String s) { int n = 1; n = s.length(); return n; }
            """)) {
      assertThat(program.call("f")).isEqualTo(4000);
    }
  }

  @Test
  void exceptionsWithoutATraceAreHealed() throws Throwable {
    try (HealedProgram program =
        program(
            NEXT,
            "static class Bare extends RuntimeException { Bare() { super(null, null, false, false);"
                + " } } static int f() { int n = 4; n = g(); return n; } static int g() { throw new"
                + " Bare(); }")) {
      assertThat(catchThrowable(() -> assertThat(program.call("f")).isEqualTo(4)))
          .as(program.said.toString())
          .isNull();
    }
  }

  @Test
  void hugeMethodsAreLeftAlone() throws Throwable {
    StringBuilder body = new StringBuilder("static int f() { int[] a = {0}; int n = 0;\n");
    body.append("n += a[0] * 3 + a[n & 0] + n;\n".repeat(3000));
    body.append("a[5] = 1; return n; }");
    try (HealedProgram program = program(NEXT, body.toString())) {
      assertThat(catchThrowable(() -> program.call("f")))
          .isInstanceOf(ArrayIndexOutOfBoundsException.class);
    }
  }

  @Test
  void boxesKeepTheirTypesInReplays() throws Throwable {
    try (HealedProgram program =
        program(
            Treatments.supply('z'),
            """
            static Object f() {
              Map<Character, Integer> seen = new HashMap<>();
              String s = "";
              seen.put(s.charAt(0), 1);
              return seen.containsKey('z') && seen.get('z') == 1;
            }
            """)) {
      assertThat(program.call("f")).isEqualTo(true);
    }
  }
}
