package dev.fettle.agent.hotpatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fettle.agent.hotpatch.HotPatchResult.Applied;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Patches that come, count what they do, and go. */
class HotPatcherTest extends HotPatching {
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
