package dev.fettle.agent.hotpatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Patches whose code needs something that its class has not: lambdas, switches, patterns. */
class PatchedCodeTest extends HotPatching {
  @Test
  void addsALambdaThatCapturesNothing() {
    LiveClasses live =
        LiveClasses.of(
            """
            package p; import java.util.*; class A {
              static String f(Map<String, String> m) { return m.get("k").trim(); }
            }""");
    live.type("p.A");

    apply(
        "p1",
        """
        package p; import java.util.*; class A {
          static String f(Map<String, String> m) {
            return Optional.ofNullable(m.get("k")).map(s -> s.trim()).orElseGet(() -> "none");
          }
        }""");

    assertThat(live.call("p.A", "f", Map.of())).isEqualTo("none");
    assertThat(live.call("p.A", "f", Map.of("k", " v "))).isEqualTo("v");
  }

  @Test
  void addsLambdasThatCaptureLocalsAndThis() {
    LiveClasses live =
        LiveClasses.of(
            """
            package p; import java.util.*; import java.util.function.*; class A {
              private int base = 7;
              private int twice(int x) { return 2 * x; }
              int f(int x, long y, String z) { return base; }
            }""");
    Object a = live.create("p.A");

    apply(
        "p1",
        """
        package p; import java.util.*; import java.util.function.*; class A {
          private int base = 7;
          private int twice(int x) { return 2 * x; }
          int f(int x, long y, String z) {
            IntUnaryOperator outer = i -> {
              Supplier<Integer> inner = () -> i + x + (int) y + z.length() + base + twice(i);
              return inner.get();
            };
            base++;
            return outer.applyAsInt(100);
          }
        }""");

    assertThat(LiveClasses.on(a, "f", 1, 2L, "abc")).isEqualTo(100 + 1 + 2 + 3 + 8 + 200);
  }

  @Test
  void leavesLambdasAloneThatTheCompilerOnlyNumberedAnew() {
    LiveClasses live =
        LiveClasses.of(
            """
            package p; import java.util.function.*; class A {
              static int f(int x) { return x; }
              static Supplier<String> g() { return () -> "g"; }
              static Supplier<String> h() { return () -> "h"; }
            }""");
    Object early = live.call("p.A", "g");

    List<String> changed =
        apply(
            "p1",
            """
            package p; import java.util.function.*; class A {
              static int f(int x) { IntSupplier s = () -> x + 1; return s.getAsInt(); }
              static Supplier<String> g() { return () -> "g"; }
              static Supplier<String> h() { return () -> "h"; }
            }""");

    assertThat(changed).containsExactly("p.A.f");
    assertThat(live.call("p.A", "f", 1)).isEqualTo(2);
    assertThat(LiveClasses.on(early, "get")).isEqualTo("g");
    assertThat(LiveClasses.on(live.call("p.A", "h"), "get")).isEqualTo("h");
  }

  @Test
  void reachesLambdasThatWereCreatedBefore() {
    LiveClasses live =
        LiveClasses.of(
            """
            package p; import java.util.function.*; class A {
              static Function<String, Integer> f() { return s -> s.length(); }
            }""");
    Object early = live.call("p.A", "f");

    apply(
        "p1",
        """
        package p; import java.util.function.*; class A {
          static Function<String, Integer> f() { return s -> s == null ? 0 : s.length(); }
        }""");

    assertThat(LiveClasses.on(early, "apply", new Object[] {null})).isEqualTo(0);
  }

  @Test
  void addsMethodReferencesOfEachKind() {
    LiveClasses live =
        LiveClasses.of(
            """
            package p; import java.util.*; import java.util.function.*; class A {
              private String mine(String s) { return "<" + s + ">"; }
              String f(List<String> in) { return ""; }
            }""");
    Object a = live.create("p.A");

    apply(
        "p1",
        """
        package p; import java.util.*; import java.util.function.*; import java.util.stream.*; class A {
          private String mine(String s) { return "<" + s + ">"; }
          String f(List<String> in) {
            return in.stream().map(String::trim).map(this::mine).map(A::fresh).map(StringBuilder::new)
              .map(Object::toString).collect(Collectors.toCollection(ArrayList::new)).toString();
          }
          private static String fresh(String s) { return s + "!"; }
        }""");

    assertThat(LiveClasses.on(a, "f", List.of(" x ", "y"))).isEqualTo("[<x>!, <y>!]");
  }

  @Test
  void addsStringConcatenationAndSwitchOverStrings() {
    LiveClasses live =
        LiveClasses.of("package p; class A { static String f(String s, int n) { return s; } }");
    live.type("p.A");

    apply(
        "p1",
        """
        package p; class A { static String f(String s, int n) {
          String kind = switch (s) { case "a", "b" -> "letter"; case "1" -> "digit"; default -> "other"; };
          return s + " is a " + kind + " " + n + 'c' + 1.5;
        } }""");

    assertThat(live.call("p.A", "f", "b", 3)).isEqualTo("b is a letter 3c1.5");
  }

  @Test
  void addsASwitchOverAnEnumWhereThereWasNone() {
    String kind = "package p; enum Kind { RED, GREEN, BLUE }";
    LiveClasses live =
        LiveClasses.of(kind, "package p; class A { static int f(Kind k) { return 0; } }");
    Object blue = live.type("p.Kind").getEnumConstants()[2];
    live.type("p.A");

    apply(
        "p1",
        kind,
        """
        package p; class A { static int f(Kind k) {
          switch (k) { case RED: return 1; case BLUE: return 3; default: return 9; }
        } }""");

    assertThat(live.call("p.A", "f", blue)).isEqualTo(3);
  }

  @Test
  void addsACaseToASwitchOverAnEnumBesideAnother() {
    String kind = "package p; enum Kind { RED, GREEN, BLUE }";
    String shape =
        """
        package p; class A {
          static int f(Kind k) { switch (k) { case RED: return 1; %s default: throw new IllegalStateException(); } }
          static int g(Kind k) { switch (k) { case BLUE: return 30; default: return 0; } }
        }""";
    LiveClasses live = LiveClasses.of(kind, shape.formatted(""));
    Object[] kinds = live.type("p.Kind").getEnumConstants();
    assertThat(live.call("p.A", "g", kinds[2])).isEqualTo(30);
    assertThatThrownBy(() -> live.call("p.A", "f", kinds[1]))
        .isInstanceOf(IllegalStateException.class);

    apply("p1", kind, shape.formatted("case GREEN: return 2;"));

    assertThat(live.call("p.A", "f", kinds[1])).isEqualTo(2);
    assertThat(live.call("p.A", "g", kinds[2])).isEqualTo(30);
  }

  @Test
  void addsPatternsAndRecordsThatAreThere() {
    String pair = "package p; record Pair(Object a, Object b) {}";
    LiveClasses live =
        LiveClasses.of(pair, "package p; class A { static String f(Object o) { return \"\"; } }");
    live.type("p.A");

    apply(
        "p1",
        pair,
        """
        package p; class A { static String f(Object o) {
          if (o instanceof Pair q && q.a() instanceof String s) { return s; }
          return o instanceof Integer i && i > 3 ? "big" : "none";
        } }""");

    assertThat(live.call("p.A", "f", 5)).isEqualTo("big");
  }

  @Test
  void addsTryWithResourcesAndFinally() {
    LiveClasses live =
        LiveClasses.of(
            """
            package p; class A {
              static int closed;
              static class R implements AutoCloseable { public void close() { closed++; } }
              static int f(boolean fail) { R r = new R(); return fail ? 1 / 0 : 2; }
            }""");
    live.type("p.A");

    apply(
        "p1",
        """
        package p; class A {
          static int closed;
          static class R implements AutoCloseable { public void close() { closed++; } }
          static int f(boolean fail) {
            try (R r = new R()) { return fail ? 1 / 0 : 2; }
            catch (ArithmeticException e) { return -1; }
            finally { closed += 10; }
          }
        }""");

    assertThat(live.call("p.A", "f", true)).isEqualTo(-1);
    assertThat(live.call("p.A", "f", false)).isEqualTo(2);
    assertThat(field(live.type("p.A"), "closed")).isEqualTo(22);
  }

  @Test
  void addsTheFirstAssertOfAClass() {
    LiveClasses live = LiveClasses.of("package p; class A { static int f(int x) { return x; } }");
    live.type("p.A");

    apply("p1", "package p; class A { static int f(int x) { assert x > 0; return x + 1; } }");

    assertThat(live.call("p.A", "f", 1)).isEqualTo(2);
  }

  private static Object field(Class<?> type, String name) {
    try {
      var field = type.getDeclaredField(name);
      field.setAccessible(true);
      return field.get(null);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}
