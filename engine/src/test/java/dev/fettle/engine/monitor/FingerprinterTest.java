package dev.fettle.engine.monitor;

import static dev.fettle.engine.monitor.Frames.exception;
import static dev.fettle.engine.monitor.Frames.npe;
import static dev.fettle.engine.monitor.Frames.wrapped;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.contract.model.CapturedException;
import java.util.Collections;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FingerprinterTest {
  private final Fingerprinter fingerprinter = new Fingerprinter();

  @Test
  void linesDoNotCount() {
    assertSame(npe("*shop.Orders.total:41"), npe("*shop.Orders.total:48"));
  }

  @Test
  void methodsAndTypesCount() {
    assertDifferent(npe("*shop.Orders.total"), npe("*shop.Orders.sum"));
    assertDifferent(
        npe("*shop.Orders.total"),
        exception("java.lang.IllegalStateException", null, "*shop.Orders.total"));
  }

  @Test
  void frameworksBetweenApplicationFramesDoNotCount() {
    assertSame(
        npe("*shop.Orders.total", "org.spring.Aop.proceed", "*shop.Web.get"),
        npe("*shop.Orders.total", "org.spring.Other.call", "*shop.Web.get"));
  }

  @Test
  void proxiesAndReflectionDoNotCount() {
    assertSame(
        npe("*shop.Orders.total", "*shop.Web.get"),
        npe(
            "*shop.Orders.total",
            "*shop.Orders$$SpringCGLIB$$0.total",
            "*shop.Orders$$EnhancerBySpringCGLIB$$1a2b.total",
            "*jdk.proxy2.$Proxy87.total",
            "*jdk.internal.reflect.GeneratedMethodAccessor17.invoke",
            "*shop.Web.access$000",
            "*shop.Web.get"));
  }

  @Test
  void hiddenClassesAndLambdaNumbersDoNotCountButTheirMethodDoes() {
    assertSame(
        npe("*shop.Orders.lambda$total$3", "*shop.Orders$$Lambda$12/0x0001.apply"),
        npe("*shop.Orders.lambda$total$7", "*shop.Orders$$Lambda/0x00ab.apply"));
    assertDifferent(npe("*shop.Orders.lambda$total$3"), npe("*shop.Orders.lambda$sum$3"));
    assertSame(npe("*shop.A.total$lambda$1"), npe("*shop.A.total$lambda$4"));
    assertSame(npe("*shop.A.$anonfun$total$1"), npe("*shop.A.$anonfun$total$2$adapted"));
  }

  @Test
  void numbersOfAnonymousClassesDoNotCount() {
    assertSame(npe("*shop.Orders$1.run"), npe("*shop.Orders$2.run"));
  }

  @Test
  void depthOfARecursionDoesNotCount() {
    assertSame(
        npe("*shop.Tree.leaf", "*shop.Tree.walk", "*shop.Web.get"),
        npe("*shop.Tree.leaf", "*shop.Tree.walk", "*shop.Tree.walk", "*shop.Web.get"));
    assertSame(
        npe("*a.A.x", "*a.A.y", "*a.A.x", "*a.A.y", "*a.W.w"),
        npe("*a.A.x", "*a.A.y", "*a.A.x", "*a.A.y", "*a.A.x", "*a.A.y", "*a.W.w"));
  }

  @Test
  void anOverflowingStackIsTheSameWhereverItIsCut() {
    String[] even = cycle(1024, 0);
    String[] odd = cycle(1024, 1);
    assertSame(
        exception("java.lang.StackOverflowError", null, even),
        exception("java.lang.StackOverflowError", null, odd));
  }

  @Test
  void wrappersGroupByTheirRootCause() {
    CapturedException cause = npe("*shop.Orders.total", "*shop.Web.get");
    assertSame(cause, wrapped("shop.OrderFailed", cause, "*shop.Web.get"));
    assertSame(
        wrapped("shop.A", cause, "*shop.Web.get"), wrapped("shop.B", cause, "*shop.Job.run"));
  }

  @Test
  void aRootCauseWithoutApplicationFramesIsPlacedByItsWrapper() {
    CapturedException pool =
        exception("java.sql.SQLTransientConnectionException", "timeout 251ms", "hikari.Pool.get");
    assertDifferent(
        fingerprinter.of(wrapped("spring.A", pool, "*shop.Orders.total")).primary(),
        fingerprinter.of(wrapped("spring.A", pool, "*shop.Stock.count")).primary());
  }

  @Test
  void whatTheJvmSaysOfANullTellsTwoFaultsOfOneMethodApart() {
    String type = "java.lang.NullPointerException";
    assertDifferent(
        exception(type, "Cannot invoke \"shop.A.b()\" because \"a\" is null", "*shop.Orders.total"),
        exception(
            type, "Cannot invoke \"shop.C.d()\" because \"c\" is null", "*shop.Orders.total"));
    assertSame(
        exception(type, "customer 17", "*shop.Orders.total"),
        exception(type, "customer 18", "*shop.Orders.total"));
  }

  @Test
  void messagesCountOnlyWithoutFramesAndWithoutTheirData() {
    String type = "java.io.IOException";
    assertSame(
        exception(type, "order 17 of 'ada' at https://x.org/1 for ada@x.org failed"),
        exception(type, "order 18 of 'bob' at https://y.org/2 for bob@y.org failed"));
    assertDifferent(exception(type, "order 17 failed"), exception(type, "order 17 lost"));
    assertSame(
        exception(type, "order 17 failed", "*a.B.c"), exception(type, "order lost", "*a.B.c"));
  }

  @Test
  void hostileMessagesTakeNoTime() {
    String quotes = String.join("", Collections.nCopies(100_000, "'\"`a@"));
    assertThat(MessageShape.of(quotes)).hasSizeLessThan(10_000);
  }

  @Test
  void emptyTracesAreStillGrouped() {
    assertThat(fingerprinter.of(npe()).hashes()).hasSize(1);
  }

  private static String[] cycle(int depth, int phase) {
    return IntStream.range(0, depth)
        .mapToObj(i -> (i + phase) % 2 == 0 ? "*shop.Tree.left" : "*shop.Tree.right")
        .toArray(String[]::new);
  }

  private void assertSame(CapturedException one, CapturedException other) {
    assertThat(fingerprinter.of(one).hashes())
        .containsAnyElementsOf(fingerprinter.of(other).hashes());
  }

  private void assertDifferent(CapturedException one, CapturedException other) {
    assertThat(fingerprinter.of(one).hashes())
        .doesNotContainAnyElementsOf(fingerprinter.of(other).hashes());
  }

  private static void assertDifferent(String one, String other) {
    assertThat(one).isNotEqualTo(other);
  }
}
