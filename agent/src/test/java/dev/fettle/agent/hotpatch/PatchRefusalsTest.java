package dev.fettle.agent.hotpatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.agent.hotpatch.HotPatchResult.NotHotPatchable;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is not patched, with a reason, and stays as it is. */
class PatchRefusalsTest extends HotPatching {
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
  void refusesGarbage() {
    LiveClasses live = LiveClasses.of("package p; class A { static int f() { return 1; } }");
    live.type("p.A");

    assertThat(patcher.apply("p1", Map.of("p.A", new byte[] {1, 2, 3})))
        .isInstanceOf(NotHotPatchable.class);
    assertThat(live.call("p.A", "f")).isEqualTo(1);
  }
}
