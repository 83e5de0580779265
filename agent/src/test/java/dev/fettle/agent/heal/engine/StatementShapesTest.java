package dev.fettle.agent.heal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fettle.agent.heal.Chooser;
import dev.fettle.agent.heal.Exit;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a frame goes on, for every shape of statement. */
class StatementShapesTest {
  @TempDir Path directory;

  private Object run(Chooser chooser, String members) throws Throwable {
    try (HealedProgram program = HealedProgram.of(directory, chooser, members)) {
      return program.call("f");
    }
  }

  @Test
  void theNextStatementRunsWithTheVariablesOfTheFrame() throws Throwable {
    assertThat(
            run(
                Treatments.exit(Exit.NEXT),
                """
                static String f() {
                  int[] a = {1};
                  long before = 7;
                  double also = 1.5;
                  a[3] = 2;
                  return before + " " + also + " " + a[0];
                }
                """))
        .isEqualTo("7 1.5 1");
  }

  @Test
  void aSkippedDeclarationLeavesTheDefault() throws Throwable {
    assertThat(
            run(
                Treatments.exit(Exit.NEXT),
                """
                static String f() {
                  String text = null;
                  int n = text.length();
                  String upper = text.toUpperCase();
                  return n + " " + upper;
                }
                """))
        .isEqualTo("0 null");
  }

  @Test
  void aSuppliedValueLetsTheRestOfTheStatementRun() throws Throwable {
    assertThat(
            run(
                Treatments.supply(40),
                """
                static int f() {
                  int[] a = {1};
                  int i = 5;
                  int n = a[i] + 2;
                  return n;
                }
                """))
        .isEqualTo(42);
  }

  @Test
  void aReturnedExpressionTakesASuppliedValue() throws Throwable {
    assertThat(
            run(
                Treatments.supply("none"),
                """
                static String f() { return name(Map.of(), "x"); }
                static String name(Map<String, String> m, String k) { return m.get(k).trim() + "!"; }
                """))
        .isEqualTo("none!");
  }

  @Test
  void anIncrementInsideTheStatementHappensOnce() throws Throwable {
    assertThat(
            run(
                Treatments.supply(0),
                """
                static String f() {
                  int[] a = {5, 6};
                  int i = 0;
                  int sum = 0;
                  while (i < 4) { sum += a[i++]; }
                  return i + " " + sum;
                }
                """))
        .isEqualTo("4 11");
  }

  @Test
  void partsOfConditionsAreTheirOwn() throws Throwable {
    String members =
        """
        static String f() {
          int[] a = {1, 2};
          int i = 7;
          if (i > 3 && a[i] > 0 || a.length == 2) { return "then"; }
          return "else";
        }
        """;
    assertThat(run(Treatments.exit(Exit.PART_FALSE), members)).isEqualTo("then");
    assertThat(run(Treatments.exit(Exit.THEN), members)).isEqualTo("then");
    assertThat(run(Treatments.exit(Exit.ELSE), members)).isEqualTo("else");
  }

  @Test
  void negatedConditionsKeepTheirMeaning() throws Throwable {
    String members =
        """
        static String f() {
          int[] a = {1, 2};
          int i = 7;
          if (!(a[i] > 0 || a[1] == 3)) { return "then"; }
          return "else";
        }
        """;
    assertThat(run(Treatments.exit(Exit.THEN), members)).isEqualTo("then");
    assertThat(run(Treatments.exit(Exit.ELSE), members)).isEqualTo("else");
  }

  @Test
  void aTernaryOperandIsPartOfItsStatement() throws Throwable {
    String members =
        """
        static String f() {
          int[] a = {1, 2};
          int i = 7;
          int x = a.length > 1 ? a[i] : -1;
          return "x" + x;
        }
        """;
    assertThat(run(Treatments.exit(Exit.NEXT), members)).isEqualTo("x0");
    assertThat(run(Treatments.supply(9), members)).isEqualTo("x9");
  }

  @Test
  void loopsGoOnWithTheNextElementOrEnd() throws Throwable {
    String members =
        """
        static String f() {
          List<String> out = new ArrayList<>();
          for (String s : List.of("1", "x", "3")) {
            int n = Integer.parseInt(s);
            out.add("v" + n);
          }
          for (int i = 0; i < 3; i++) {
            int[] a = {1, 0, 2};
            int q = 6 / a[i];
            out.add("q" + q);
          }
          return String.join(",", out);
        }
        """;
    assertThat(run(Treatments.exit(Exit.continueOf(0)), members)).isEqualTo("v1,v3,q6,q3");
    assertThat(run(Treatments.exit(Exit.breakOf(0)), members)).isEqualTo("v1,q6");
  }

  @Test
  void outerLoopsCanBeNamed() throws Throwable {
    String members =
        """
        static int f() {
          int[][] g = {{1}, {1, 1}};
          int seen = 0;
          for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 3; j++) {
              seen += g[i][j];
            }
          }
          return seen;
        }
        """;
    assertThat(run(Treatments.exit(Exit.continueOf(1)), members)).isEqualTo(3);
    assertThat(run(Treatments.exit(Exit.breakOf(1)), members)).isEqualTo(1);
  }

  @Test
  void aNullCollectionOfAForEachEndsTheLoop() throws Throwable {
    assertThat(
            run(
                Treatments.exit(Exit.NEXT),
                """
                static String f() {
                  List<String> none = null;
                  int[] also = null;
                  int n = 0;
                  for (String s : none) { n += s.length(); }
                  for (int i : also) { n += i; }
                  return "after " + n;
                }
                """))
        .isEqualTo("after 0");
  }

  @Test
  void aStringSwitchOnNullTakesTheDefaultNeverACase() throws Throwable {
    String members =
        """
        static String f() {
          String key = null;
          String out = "before";
          switch (key) {
            case "a": out = "a"; break;
            case "b": out = "b"; break;
            default: out = "default";
          }
          return out;
        }
        """;
    assertThat(run(Treatments.exit(Exit.DEFAULT), members)).isEqualTo("default");
  }

  @Test
  void aSwitchExpressionCanBeSupplied() throws Throwable {
    assertThat(
            run(
                Treatments.supply(3),
                """
                static String f() {
                  String text = null;
                  String out = switch (text.length()) { case 3 -> "three"; default -> "other"; };
                  return out;
                }
                """))
        .isEqualTo("three");
  }

  @Test
  void finallyAndResourcesRunOnceAndNoReturnSkipsThem() throws Throwable {
    String members =
        """
        static class R implements AutoCloseable {
          final StringBuilder log;
          R(StringBuilder log) { this.log = log; }
          public void close() { log.append("c"); }
        }
        static String f() {
          StringBuilder log = new StringBuilder();
          String text = null;
          try { log.append("t"); int n = text.length(); log.append("n" + n); }
          finally { log.append("f"); }
          try (R r = new R(log)) { int n = text.length(); log.append("m" + n); }
          return log.toString();
        }
        """;
    assertThat(run(Treatments.exit(Exit.NEXT), members)).isEqualTo("tn0fm0c");
    assertThatThrownBy(() -> run(Treatments.giveBack("early"), members))
        .isInstanceOf(NullPointerException.class);
  }

  @Test
  void locksAreReleased() throws Throwable {
    assertThat(
            run(
                Treatments.exit(Exit.NEXT),
                """
                static Object f() throws Exception {
                  Object lock = new Object();
                  String text = null;
                  synchronized (lock) { int n = text.length(); lock.hashCode(); }
                  boolean[] free = {false};
                  Thread t = new Thread(() -> { synchronized (lock) { free[0] = true; } });
                  t.start();
                  t.join(2000);
                  return free[0];
                }
                """))
        .isEqualTo(true);
  }

  @Test
  void severalStatementsOnALineAndLambdasAreTheirOwn() throws Throwable {
    assertThat(
            run(
                Treatments.exit(Exit.NEXT),
                """
                static String f() {
                  int[] a = {1}; a[4] = 1; a[0] = 2; a[5] = 3; a[0] += 1;
                  List<Integer> out = new ArrayList<>();
                  List.of("1", "y").forEach(s -> { int n = -1; n = Integer.parseInt(s); out.add(n); });
                  return a[0] + " " + out;
                }
                """))
        .isEqualTo("3 [1, -1]");
  }

  @Test
  void constructorsAreHealedBehindTheCallOfTheirParent() throws Throwable {
    assertThat(
            run(
                Treatments.exit(Exit.NEXT),
                """
                int a = 1; int b; int c;
                P(String s) { a = 2; b = s.length(); c = 3; }
                static String f() { P p = new P(null); return p.a + "" + p.b + p.c; }
                """))
        .isEqualTo("203");
  }
}
