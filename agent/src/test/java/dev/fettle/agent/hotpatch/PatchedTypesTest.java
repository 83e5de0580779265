package dev.fettle.agent.hotpatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Patches of several classes and of what they call in each other. */
class PatchedTypesTest extends HotPatching {
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

  private static Object call(Class<?> type, Object receiver, String method, int argument) {
    try {
      var found = type.getDeclaredMethod(method, int.class);
      found.setAccessible(true);
      return found.invoke(receiver, argument);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}
