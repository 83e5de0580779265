package dev.fettle.cli.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.contract.model.CapturedException;
import org.junit.jupiter.api.Test;

class StackTraceTest {
  private static CapturedException parsed(String... lines) {
    return StackTrace.parse(String.join("\n", lines), name -> name.startsWith("shop."))
        .orElseThrow();
  }

  @Test
  void readsMessageFramesAndCauses() {
    CapturedException e =
        parsed(
            "2026-01-01 ERROR something",
            "Exception in thread \"main\" java.lang.IllegalStateException: no: stock",
            "\tat java.base/java.util.Objects.check(Objects.java:12)",
            "\tat app//shop.Cart.total(Cart.java:31)",
            "Caused by: java.lang.NullPointerException",
            "\tat shop.Item.price(Item.java:7)",
            "\t... 3 more");

    assertThat(e.type()).isEqualTo("java.lang.IllegalStateException");
    assertThat(e.message()).isEqualTo("no: stock");
    assertThat(e.topApplicationFrame().orElseThrow().display())
        .isEqualTo("shop.Cart.total(Cart.java:31)");
    assertThat(e.root().type()).isEqualTo("java.lang.NullPointerException");
    assertThat(e.root().frames()).hasSize(1);
  }

  @Test
  void readsATraceThatLostItsHead() {
    CapturedException e = parsed("    at shop.Cart.total(Cart.java:31)");

    assertThat(e.type()).isEqualTo("java.lang.Throwable");
    assertThat(e.applicationFrames()).hasSize(1);
  }

  @Test
  void readsFramesWithoutLines() {
    CapturedException e = parsed("a.b.C: x", "\tat shop.a.a(Unknown Source)");

    assertThat(e.frames().get(0).line()).isEqualTo(-1);
    assertThat(e.frames().get(0).file()).isNull();
  }

  @Test
  void findsNothingInOtherText() {
    assertThat(StackTrace.parse("all is well\nat noon", name -> true)).isEmpty();
  }

  @Test
  void readsPastALineOfAMegabyte() {
    CapturedException e =
        parsed(
            "a.".repeat(500_000) + "x",
            "java.lang.IllegalStateException: " + "-".repeat(400_000),
            "\tat shop.Cart.total(Cart.java:31)");

    assertThat(e.type()).isEqualTo("java.lang.IllegalStateException");
    assertThat(e.applicationFrames()).hasSize(1);
  }
}
