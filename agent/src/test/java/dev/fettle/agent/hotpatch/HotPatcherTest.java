package dev.fettle.agent.hotpatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fettle.agent.hotpatch.HotPatchResult.Applied;
import dev.fettle.agent.hotpatch.HotPatchResult.NotHotPatchable;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.Map;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

class HotPatcherTest {
  @TempDir Path guard;
  private Instrumentation instrumentation;
  private HotPatcher patcher;

  @BeforeEach
  void patcher() {
    instrumentation = LiveClasses.seenBy(ByteBuddyAgent.install());
    patcher = new HotPatcher(instrumentation, guard);
  }

  @AfterEach
  void close() {
    patcher.close();
  }

  @Test
  void replacesABodyAndPutsItBack() {
    String before = "package p; class A { static int f(int x) { return 10 / x; } }";
    String after = "package p; class A { static int f(int x) { return x == 0 ? 0 : 10 / x; } }";
    LiveClasses live = LiveClasses.of(before);
    assertThatThrownBy(() -> live.call("p.A", "f", 0)).isInstanceOf(ArithmeticException.class);

    assertThat(apply("p1", after)).isEqualTo(List.of("p.A.f"));
    assertThat(live.call("p.A", "f", 0)).isEqualTo(0);
    assertThat(live.call("p.A", "f", 5)).isEqualTo(2);

    assertThat(patcher.revert("p1")).isInstanceOf(Applied.class);
    assertThatThrownBy(() -> live.call("p.A", "f", 0)).isInstanceOf(ArithmeticException.class);
  }

  @Test
  void keepsMethodsWhoseCodeIsTheSame() {
    LiveClasses live =
        LiveClasses.of(
            "package p; class A { static int f() { return 1; }\n static int g() { return 3; } }");
    live.type("p.A");

    assertThat(
            apply(
                "p1",
                "package p; class A { static int f() { return 2; }\n\n\n static int g() { return"
                    + " 3; } }"))
        .containsExactly("p.A.f");
  }

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
  void addsPrivateHelpersThatCallEachOtherAndPrivateMembers() {
    LiveClasses live =
        LiveClasses.of(
            """
            package p; class A {
              private int secret = 5;
              private static int K = 100;
              private int old(int x) { return x + secret; }
              int f(int x) { return x; }
            }""");
    Object a = live.create("p.A");

    apply(
        "p1",
        """
        package p; import java.util.stream.*; class A {
          private int secret = 5;
          private static int K = 100;
          private int old(int x) { return x + secret; }
          int f(int x) { return first(x) + total(1L, 2.0); }
          private int first(int x) { secret = secret + 1; return x <= 0 ? old(x) : first(x - 1) + K; }
          private static int total(long a, double b) {
            return IntStream.range(0, 3).map(i -> i + (int) a + helper(b)).sum();
          }
          private static int helper(double d) { K += 1; return (int) d; }
        }""");

    assertThat(LiveClasses.on(a, "f", 2)).isEqualTo(8 + 200 + 3 + 3 + 6);
  }

  @Test
  void addsAnAnonymousClassThatUsesPrivateMembers() {
    LiveClasses live =
        LiveClasses.of(
            """
            package p; import java.util.*; class A {
              private final String tag = "t";
              private static int count;
              private String mark(String s) { return tag + s; }
              List<String> f(List<String> in) { return in; }
            }""");
    Object a = live.create("p.A");

    apply(
        "p1",
        """
        package p; import java.util.*; import java.util.function.*; class A {
          private final String tag = "t";
          private static int count;
          private String mark(String s) { return tag + s; }
          List<String> f(List<String> in) {
            List<String> out = new ArrayList<>(in);
            int[] calls = new int[1];
            out.replaceAll(new UnaryOperator<String>() {
              private int own = 1;
              @Override public String apply(String s) {
                calls[0]++; own++; count += own;
                Supplier<String> late = () -> mark(s) + tag + own;
                return late.get();
              }
            });
            out.add(calls[0] + ":" + count);
            return out;
          }
        }""");

    assertThat(LiveClasses.on(a, "f", List.of("x", "y"))).isEqualTo(List.of("txt2", "tyt3", "2:5"));
  }

  @Test
  void keepsAnonymousClassesApartWhoseNumbersShift() {
    String shape =
        """
        package p; import java.util.function.*; class A {
          static String f() { %s }
          static Supplier<String> g() {
            return new Supplier<>() { public String get() { return "g"; } }; }
        }""";
    LiveClasses live = LiveClasses.of(shape.formatted("return null;"));
    Object early = live.call("p.A", "g");

    apply(
        "p1",
        shape.formatted(
            "return new Supplier<String>() { public String get() { return \"f\"; } }.get();"));

    assertThat(live.call("p.A", "f")).isEqualTo("f");
    assertThat(LiveClasses.on(early, "get")).isEqualTo("g");
    assertThat(LiveClasses.on(live.call("p.A", "g"), "get")).isEqualTo("g");
  }

  @Test
  void changesABodyInsideAnAnonymousClassThatRuns() {
    String shape =
        """
        package p; import java.util.function.*; class A {
          static Function<String, Integer> g() {
            return new Function<>() { public Integer apply(String s) { return %s; } }; }
        }""";
    LiveClasses live = LiveClasses.of(shape.formatted("s.length()"));
    Object early = live.call("p.A", "g");

    apply("p1", shape.formatted("s == null ? 0 : s.length()"));

    assertThat(LiveClasses.on(early, "apply", new Object[] {null})).isEqualTo(0);
  }

  @Test
  void addsANewNestedRecordAndInterface() {
    LiveClasses live =
        LiveClasses.of("package p; class A { static String f(int x) { return \"\"; } }");
    live.type("p.A");

    apply(
        "p1",
        """
        package p; class A {
          static String f(int x) {
            record Local(int a, String b) {}
            Named n = new Local(x, "q")::toString;
            return n.name() + new Local(x, "q").equals(new Local(x, "q"));
          }
          interface Named { String name(); }
        }""");

    assertThat(live.call("p.A", "f", 1)).isEqualTo("Local[a=1, b=q]true");
  }

  @Test
  void patchesNestedClassesAndWhatTheyCallInEachOther() {
    String shape =
        """
        package p; class A {
          private int n = 1;
          int f() { return new In().get(this); }
          static class In { private int k = 10; int get(A a) { return %s; } }
        }""";
    LiveClasses live = LiveClasses.of(shape.formatted("k"));
    Object a = live.create("p.A");
    assertThat(LiveClasses.on(a, "f")).isEqualTo(10);

    assertThat(apply("p1", shape.formatted("k + a.n"))).containsExactly("p.A$In.get");

    assertThat(LiveClasses.on(a, "f")).isEqualTo(11);
  }

  @Test
  void patchesGenericMethodsBehindTheirBridges() {
    String shape =
        """
        package p; class A implements Comparable<A> {
          Integer n;
          public int compareTo(A other) { return %s; }
          static int f() { Comparable<A> c = new A(); return c.compareTo(new A()); }
        }""";
    LiveClasses live = LiveClasses.of(shape.formatted("n.compareTo(other.n)"));
    assertThatThrownBy(() -> live.call("p.A", "f")).isInstanceOf(NullPointerException.class);

    apply("p1", shape.formatted("n == null || other.n == null ? 0 : n.compareTo(other.n)"));

    assertThat(live.call("p.A", "f")).isEqualTo(0);
  }

  @Test
  void patchesInterfaceDefaultMethodsWithLambdasAndHelpers() {
    LiveClasses live =
        LiveClasses.of(
            """
            package p; interface I { int n(); default int f(int x) { return n(); } }""",
            "package p; class A implements I { public int n() { return 4; } }");
    Object a = live.create("p.A");
    assertThat(call(live.type("p.I"), a, "f", 2)).isEqualTo(4);

    apply(
        "p1",
        """
        package p; import java.util.function.*; interface I { int n();
          default int f(int x) { IntSupplier s = () -> n() + x; return s.getAsInt() + extra(x) + more(); }
          private int extra(int x) { return n() * x; }
          private static int more() { return 1000; }
        }""");

    assertThat(call(live.type("p.I"), a, "f", 2)).isEqualTo(4 + 2 + 8 + 1000);
  }

  @Test
  void movedCodeSeesWhatTheClassInherits() {
    String parent =
        """
        package q; public class Base {
          protected int seen = 3; protected static int shared = 4;
          protected int twice(int x) { return 2 * x; }
          protected static int thrice(int x) { return 3 * x; }
          public String toString() { return "base"; }
        }""";
    LiveClasses live =
        LiveClasses.of(
            parent,
            "package p; class A extends q.Base { int f(int x) { return 0; } "
                + "public String toString() { return \"a\"; } }");
    Object a = live.create("p.A");

    apply(
        "p1",
        parent,
        """
        package p; import java.util.function.*; class A extends q.Base {
          int f(int x) {
            IntSupplier s = () -> { seen = seen + 1; shared++; return seen + shared + twice(x) + thrice(x); };
            Supplier<String> t = () -> super.toString() + toString();
            return s.getAsInt() + t.get().length() + hash();
          }
          private int hash() { return super.twice(1) + this.twice(2); }
          public String toString() { return "a"; }
        }""");

    assertThat(LiveClasses.on(a, "f", 1)).isEqualTo(4 + 5 + 2 + 3 + 5 + 6);
  }

  @Test
  void addsTheFirstAssertOfAClass() {
    LiveClasses live = LiveClasses.of("package p; class A { static int f(int x) { return x; } }");
    live.type("p.A");

    apply("p1", "package p; class A { static int f(int x) { assert x > 0; return x + 1; } }");

    assertThat(live.call("p.A", "f", 1)).isEqualTo(2);
  }

  @Test
  void patchesConstructorsForObjectsToCome() {
    String shape =
        """
        package p; class A {
          private final java.util.List<String> items;
          A(java.util.List<String> items) { super(); this.items = %s; }
          static int f() { return new A(null).items.size(); }
        }""";
    LiveClasses live = LiveClasses.of(shape.formatted("items"));
    assertThatThrownBy(() -> live.call("p.A", "f")).isInstanceOf(NullPointerException.class);

    apply("p1", shape.formatted("items == null ? new java.util.ArrayList<>() : items"));

    assertThat(live.call("p.A", "f")).isEqualTo(0);
  }

  @Test
  void leavesStaticStateAsItIs() {
    String shape =
        """
        package p; class A { static int runs = start(); static int start() { return 1; }
          static int f() { return %s; } }""";
    LiveClasses live = LiveClasses.of(shape.formatted("0"));
    setField(live.type("p.A"), "runs", 42);

    apply("p1", shape.formatted("runs"));

    assertThat(live.call("p.A", "f")).isEqualTo(42);
  }

  @Test
  void keepsSynchronizedMethodsAndMonitorsBalanced() {
    String shape =
        """
        package p; class A { int n;
          synchronized int f(int x) { synchronized (this) { n++; return %s; } } }""";
    LiveClasses live = LiveClasses.of(shape.formatted("10 / x"));
    Object a = live.create("p.A");

    apply("p1", shape.formatted("100 / x"));

    assertThatThrownBy(() -> LiveClasses.on(a, "f", 0)).isInstanceOf(ArithmeticException.class);
    assertThat(Thread.holdsLock(a)).isFalse();
    assertThat(LiveClasses.on(a, "f", 2)).isEqualTo(50);
  }

  @Test
  void keepsLineNumbersParameterNamesAndAnnotations() throws Exception {
    String shape =
        """
        package p; class A {
          @Deprecated static int f(int divisor) {
            int ten = 10;
            %s
            return ten / divisor;
          }
        }""";
    LiveClasses live = LiveClasses.of(shape.formatted(""));
    live.type("p.A");

    apply("p1", shape.formatted("ten += 1;"));

    assertThatThrownBy(() -> live.call("p.A", "f", 0))
        .satisfies(e -> assertThat(e.getStackTrace()[0].toString()).isEqualTo("p.A.f(A.java:5)"));
    var method = live.type("p.A").getDeclaredMethod("f", int.class);
    assertThat(method.getParameters()[0].isNamePresent()).isTrue();
    assertThat(method.getParameters()[0].getName()).isEqualTo("divisor");
    assertThat(method.isAnnotationPresent(Deprecated.class)).isTrue();
  }

  @Test
  void twoPatchesOfOneClassComeAndGoByThemselves() {
    String shape =
        "package p; class A { static int f() { return %s; } static int g() { return %s; } }";
    LiveClasses live = LiveClasses.of(shape.formatted("1", "1"));
    live.type("p.A");

    apply("p1", shape.formatted("2", "1"));
    apply("p2", shape.formatted("1", "3"));
    assertThat(live.call("p.A", "f")).isEqualTo(2);
    assertThat(live.call("p.A", "g")).isEqualTo(3);

    assertThat(refusal("p3", shape.formatted("4", "1"))).contains("patched by p1 already");
    patcher.revert("p1");
    assertThat(live.call("p.A", "f")).isEqualTo(1);
    assertThat(live.call("p.A", "g")).isEqualTo(3);
    patcher.revert("p2");
    assertThat(live.call("p.A", "g")).isEqualTo(1);
  }

  @Test
  void applyingTheSamePatchTwiceChangesNothing() {
    String shape = "package p; class A { static int f() { return %s; } }";
    LiveClasses live = LiveClasses.of(shape.formatted("1"));
    live.type("p.A");

    assertThat(apply("p1", shape.formatted("2"))).isEqualTo(apply("p1", shape.formatted("2")));
    patcher.revert("p1");
    assertThat(live.call("p.A", "f")).isEqualTo(1);
    assertThat(apply("p1", shape.formatted("2"))).containsExactly("p.A.f");
    assertThat(live.call("p.A", "f")).isEqualTo(2);
  }

  @Test
  void countsCallsAndThrowablesOnce() {
    String shape =
        """
        package p; class A {
          static int f(int x) { try { return g(x) + %s; } catch (NumberFormatException e) { return -1; } }
          static int g(int x) { if (x == 1) { throw new NumberFormatException(); } return h(x) + %s; }
          static int h(int x) { if (x == 2) { Integer.parseInt("a"); } return x == 3 ? 1 / (x - 3) : 0; }
        }""";
    LiveClasses live = LiveClasses.of(shape.formatted("0", "0"));
    live.type("p.A");
    apply("p1", shape.formatted("1", "1"));

    live.call("p.A", "f", 0);
    live.call("p.A", "f", 1);
    assertThatThrownBy(() -> live.call("p.A", "f", 3)).isInstanceOf(ArithmeticException.class);

    assertThat(patcher.health("p1"))
        .hasValue(new HotPatcher.Health(6, 2, 0, "java.lang.ArithmeticException"));
    assertThat(patcher.health("p2")).isEmpty();
  }

  @Test
  void doesNotCallNewWhatWasThrownBeforeOrWhatThePatchItselfConstructs() {
    ThrowHistory history =
        (type, method, window) ->
            new ThrowHistory.Seen(4, java.util.Set.of("java.lang.ArithmeticException"));
    patcher =
        new HotPatcher(
            instrumentation, guard, OriginalBytes.RESOURCES, history, java.time.Clock.systemUTC());
    LiveClasses live =
        LiveClasses.of("package p; class A { static int f(int x) { return 1 / x; } }");
    live.type("p.A");
    apply(
        "p1",
        """
        package p; class A { static int f(int x) {
          if (x < 0) { throw new IllegalArgumentException(); } return 2 / x; } }""");

    assertThatThrownBy(() -> live.call("p.A", "f", 0)).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> live.call("p.A", "f", -1))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(patcher.health("p1")).hasValue(new HotPatcher.Health(2, 2, 4, ""));
  }

  @Test
  void aRunningFrameEndsWithTheCodeItBeganWith() throws Exception {
    String shape =
        """
        package p; import java.util.concurrent.*; class A {
          static int loop(CountDownLatch in, CountDownLatch go) throws InterruptedException {
            int before = part(); in.countDown(); go.await(); return before * 1000 + part() * 10 + %s;
          }
          static int part() { return %s; }
        }""";
    LiveClasses live = LiveClasses.of(shape.formatted("1", "1"));
    live.type("p.A");
    var in = new java.util.concurrent.CountDownLatch(1);
    var go = new java.util.concurrent.CountDownLatch(1);
    var result =
        java.util.concurrent.CompletableFuture.supplyAsync(() -> live.call("p.A", "loop", in, go));
    in.await();

    apply("p1", shape.formatted("2", "2"));
    go.countDown();

    assertThat(result.get()).isEqualTo(1000 + 20 + 1);
    assertThat(live.call("p.A", "loop", in, go)).isEqualTo(2000 + 20 + 2);
  }

  @Test
  void patchesTheClassInEveryLoaderThatHasIt() {
    String shape = "package p; class A { static int f() { return %s; } }";
    LiveClasses one = LiveClasses.of(shape.formatted("1"));
    LiveClasses other = LiveClasses.of(shape.formatted("1"));
    one.type("p.A");
    other.type("p.A");

    apply("p1", shape.formatted("2"));

    assertThat(one.call("p.A", "f")).isEqualTo(2);
    assertThat(other.call("p.A", "f")).isEqualTo(2);
  }

  @Test
  void refusesWhatHotSpotWouldNamingIt() {
    String before =
        """
        package p; class A extends Thread { private int n; public int f(int x) { return x; }
          static int s = 1; protected synchronized void g() {} }""";
    LiveClasses live = LiveClasses.of(before);
    live.type("p.A");

    assertThat(refusal(before.replace("private int n;", "private int n; private long m;")))
        .contains("adds the field m to p.A");
    assertThat(refusal(before.replace("private int n;", "private long n;")))
        .contains("changes the field n of p.A");
    assertThat(refusal(before.replace("f(int x)", "f(long y, int x)")))
        .contains("f(I)I of p.A or changes its signature");
    assertThat(refusal(before.replace("public int f(int x) { return x; }", "")))
        .contains("removes the method f(I)I of p.A");
    assertThat(refusal(before.replace(" extends Thread", " extends java.util.Timer")))
        .contains("superclass");
    assertThat(refusal(before.replace(" extends Thread", " extends Thread implements Cloneable")))
        .contains("interfaces");
    assertThat(refusal(before.replace("synchronized ", ""))).contains("modifiers of p.A.g");
    assertThat(refusal(before.replace("static int s = 1", "static int s = 2")))
        .contains("static initialization");
    assertThat(refusal(before.replace("private int n;", "private int n; public void run() {}")))
        .contains("adds the method p.A.run");
    assertThat(refusal(before.replace("public int f", "@Deprecated public int f")))
        .contains("annotations");
    assertThat(refusal(before)).contains("no method body differs");
    assertThat(refusal("package p; class Other { }")).contains("none of the classes is loaded");
  }

  @Test
  void refusesANewEnumConstantAndANewRecordComponent() {
    LiveClasses live =
        LiveClasses.of(
            "package p; enum Kind { RED }", "package p; record R(int a) { int f() { return a; } }");
    live.type("p.Kind");
    live.type("p.R");

    assertThat(refusal("package p; enum Kind { RED, BLUE }"))
        .contains("adds the enum constant BLUE");
    assertThat(refusal("package p; record R(int a, int b) { int f() { return b; } }"))
        .contains("record components of p.R");
  }

  @Test
  void refusesWhenTheClassFileIsNotTheOneThatRuns() {
    OriginalBytes gone = (loader, name) -> null;
    patcher =
        new HotPatcher(
            instrumentation, guard, gone, ThrowHistory.UNKNOWN, java.time.Clock.systemUTC());
    LiveClasses live = LiveClasses.of("package p; class A { static int f() { return 1; } }");
    live.type("p.A");

    assertThat(refusal("package p; class A { static int f() { return 2; } }"))
        .contains("gone or another");
  }

  @Test
  void refusesWhenTheJarWasReplacedUnderTheApplication() {
    LoadedOriginals originals = new LoadedOriginals((l, name, d) -> name.startsWith("p."));
    patcher =
        new HotPatcher(
            instrumentation, guard, originals, ThrowHistory.UNKNOWN, java.time.Clock.systemUTC());
    instrumentation.addTransformer(originals);
    try {
      String shape = "package p; class %s { static int f() { return %s; } }";
      LiveClasses live = LiveClasses.of(shape.formatted("A", "1"), shape.formatted("B", "1"));
      live.type("p.A");
      live.type("p.B");
      live.replaceFile("p.A", LiveClasses.compile(shape.formatted("A", "7")).get("p.A"));

      assertThat(refusal(shape.formatted("A", "2"))).contains("gone or another");
      assertThat(apply("p1", shape.formatted("B", "2"))).containsExactly("p.B.f");
      assertThat(live.call("p.B", "f")).isEqualTo(2);
    } finally {
      instrumentation.removeTransformer(originals);
    }
  }

  @Test
  void otherAgentsTransformersRunOnThePatchedClass() throws Exception {
    String shape = "package p; class A { static String f(int number) { return %s; } }";
    LiveClasses live = LiveClasses.of(shape.formatted("\"old\""));
    ClassFileTransformer other = exclaiming("p/A");
    instrumentation.addTransformer(other, true);
    try {
      assertThat(live.call("p.A", "f", 1)).isEqualTo("old!");

      apply("p1", shape.formatted("java.util.Optional.of(number).map(n -> \"new\" + n).get()"));
      assertThat(live.call("p.A", "f", 1)).isEqualTo("new1!");
      instrumentation.retransformClasses(live.type("p.A"));
      assertThat(live.call("p.A", "f", 2)).isEqualTo("new2!");

      patcher.revert("p1");
      assertThat(live.call("p.A", "f", 1)).isEqualTo("old!");
      instrumentation.retransformClasses(live.type("p.A"));
      assertThat(live.call("p.A", "f", 1)).isEqualTo("old!");
      assertThat(live.type("p.A").getDeclaredMethod("f", int.class).getParameters()[0].getName())
          .isEqualTo("number");
    } finally {
      instrumentation.removeTransformer(other);
    }
  }

  @Test
  void aPatchTakenBackStaysAwayWhenAnotherAgentComesLater() throws Exception {
    String shape = "package p; class A { static String f() { return %s; } }";
    LiveClasses live = LiveClasses.of(shape.formatted("\"old\""));
    live.type("p.A");
    ClassFileTransformer other = exclaiming("p/A");
    instrumentation.addTransformer(other, true);
    try {
      apply("p1", shape.formatted("\"new\""));
      assertThat(live.call("p.A", "f")).isEqualTo("new!");
      patcher.revert("p1");
      instrumentation.retransformClasses(live.type("p.A"));
      assertThat(live.call("p.A", "f")).isEqualTo("old!");
      apply("p2", shape.formatted("\"newer\""));
      instrumentation.retransformClasses(live.type("p.A"));
      assertThat(live.call("p.A", "f")).isEqualTo("newer!");
    } finally {
      instrumentation.removeTransformer(other);
    }
    instrumentation.retransformClasses(live.type("p.A"));
    assertThat(live.call("p.A", "f")).isEqualTo("newer");
  }

  /** Appends an exclamation mark to each string that a method of the class returns. */
  private static ClassFileTransformer exclaiming(String internalName) {
    return new ClassFileTransformer() {
      @Override
      public byte[] transform(
          ClassLoader loader, String name, Class<?> type, ProtectionDomain domain, byte[] file) {
        if (!internalName.equals(name)) {
          return null;
        }
        ClassWriter writer = new ClassWriter(0);
        new ClassReader(file)
            .accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                  @Override
                  public MethodVisitor visitMethod(
                      int access, String method, String desc, String generic, String[] thrown) {
                    MethodVisitor next = super.visitMethod(access, method, desc, generic, thrown);
                    return !desc.endsWith(")Ljava/lang/String;") || method.startsWith("lambda")
                        ? next
                        : new MethodVisitor(Opcodes.ASM9, next) {
                          @Override
                          public void visitInsn(int opcode) {
                            if (opcode == Opcodes.ARETURN) {
                              visitLdcInsn("!");
                              visitMethodInsn(
                                  Opcodes.INVOKEVIRTUAL,
                                  "java/lang/String",
                                  "concat",
                                  "(Ljava/lang/String;)Ljava/lang/String;",
                                  false);
                            }
                            super.visitInsn(opcode);
                          }

                          @Override
                          public void visitMaxs(int stack, int locals) {
                            super.visitMaxs(stack + 1, locals);
                          }
                        };
                  }
                },
                0);
        return writer.toByteArray();
      }
    };
  }

  @Test
  void refusesGarbage() {
    LiveClasses live = LiveClasses.of("package p; class A { static int f() { return 1; } }");
    live.type("p.A");

    assertThat(patcher.apply("p1", Map.of("p.A", new byte[] {1, 2, 3})))
        .isInstanceOf(NotHotPatchable.class);
    assertThat(live.call("p.A", "f")).isEqualTo(1);
  }

  private List<String> apply(String id, String... sources) {
    HotPatchResult result = patcher.apply(id, LiveClasses.compile(sources));
    assertThat(result).isInstanceOf(Applied.class);
    return ((Applied) result).methods();
  }

  private String refusal(String source) {
    return refusal("refused", source);
  }

  private String refusal(String id, String source) {
    HotPatchResult result = patcher.apply(id, LiveClasses.compile(source));
    assertThat(result).isInstanceOf(NotHotPatchable.class);
    return ((NotHotPatchable) result).reason();
  }

  private static Object call(Class<?> type, Object receiver, String method, int argument) {
    try {
      var found = type.getDeclaredMethod(method, int.class);
      found.setAccessible(true);
      return found.invoke(receiver, argument);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
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

  private static void setField(Class<?> type, String name, Object value) {
    try {
      var field = type.getDeclaredField(name);
      field.setAccessible(true);
      field.set(null, value);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}
