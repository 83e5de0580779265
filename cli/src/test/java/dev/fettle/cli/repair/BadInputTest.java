package dev.fettle.cli.repair;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole repairs of projects that misbehave. */
class BadInputTest {
  private static final String CART =
      """
      package shop;
      public class Cart {
      \tprivate static int größe = 10;
      \tpublic static int shipping(int items) {
      \t\treturn items > größe ? 0 : 5;
      \t}
      }
      """;

  private static final String CART_TEST =
      """
      package shop;
      import static org.junit.jupiter.api.Assertions.assertEquals;
      import org.junit.jupiter.api.Test;
      class CartTest {
        @Test void freeFromTen() { assertEquals(0, Cart.shipping(10)); }
        @Test void paidBelow() { assertEquals(5, Cart.shipping(9)); }
        @Test void freeAbove() { assertEquals(0, Cart.shipping(11)); }
      }
      """;

  @TempDir Path directory;

  @Test
  void repairsBesideTestsThatExitFloodWriteOutsideOrDependOnTheirOrder() throws IOException {
    Path outside = directory.resolve("outside.txt");
    write("src/main/java/shop/Cart.java", CART);
    write("src/test/java/shop/CartTest.java", CART_TEST);
    test("Aborts", "Cart.shipping(1); System.exit(7);");
    test(
        "Floods",
        "Cart.shipping(1); for (int i = 0; i < 300_000; i++) System.out.println(\"line \" + i);");
    test(
        "Writes",
        "Cart.shipping(1); try { java.nio.file.Files.writeString(java.nio.file.Path.of(\""
            + outside
            + "\"), \"x\"); } catch (java.io.IOException refused) { }");
    test("Before", "Cart.shipping(1); System.setProperty(\"shop.before\", \"x\");");
    test(
        "Later",
        "Cart.shipping(1); org.junit.jupiter.api.Assertions.assertNull(System.getProperty(\"shop.before\"));");
    Set<Path> readOnly = Set.of(directory.resolve("project"));
    readOnly.forEach(p -> p.toFile().setWritable(false));

    Repaired repaired = repair(null);

    readOnly.forEach(p -> p.toFile().setWritable(true));
    assertThat(repaired.unstable()).contains("shop.LaterTest#goes");
    assertThat(repaired.failing()).contains("shop.CartTest#freeFromTen");
    assertThat(repaired.failing()).doesNotContain("shop.LaterTest#goes", "shop.FloodsTest#goes");
    assertThat(new String(repaired.patches().get(0).diff(), StandardCharsets.UTF_8))
        .contains("-\t\treturn items > größe ? 0 : 5;\n", "+\t\treturn items >= größe ? 0 : 5;\n");
    if (Files.isExecutable(Path.of("/usr/bin/bwrap"))) { // without it children run as their user
      assertThat(outside).doesNotExist();
    }
    assertThat(Files.readString(directory.resolve("project/src/main/java/shop/Cart.java")))
        .isEqualTo(CART);
  }

  @Test
  void saysWhatItCannotFindOfATrace() throws IOException {
    write("src/main/java/shop/Cart.java", CART);
    write("src/test/java/shop/CartTest.java", CART_TEST);
    List<String> traces =
        List.of(
            "java.lang.IllegalStateException: x\n\tat shop.Cart.shipping(Cart.java:4711)\n",
            "java.lang.IllegalStateException\n\tat a.b.c.d(Unknown Source)\n\tat a.a(SourceFile:1)\n",
            "java.lang.IllegalStateException: x\n\tat shop.Car",
            "x".repeat(1 << 20));

    for (String trace : traces) {
      Repaired repaired = repair(trace);

      assertThat(repaired.end()).isEqualTo(Repaired.End.NOT_REPAIRED);
      assertThat(repaired.reason()).isNotBlank().hasSizeLessThan(2_000);
      assertThat(repaired.patches()).isEmpty();
    }
  }

  private void test(String name, String body) throws IOException {
    write(
        "src/test/java/shop/" + name + "Test.java",
        "package shop;\nclass "
            + name
            + "Test {\n  @org.junit.jupiter.api.Test void goes() {\n    "
            + body
            + "\n  }\n}\n");
  }

  private void write(String path, String text) throws IOException {
    Path file = directory.resolve("project").resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Repaired repair(@Nullable String trace) throws IOException {
    RepairRequest request =
        new RepairRequest(
            directory.resolve("project"),
            Optional.empty(),
            List.of(),
            trace,
            directory.resolve("data"),
            Duration.ofSeconds(90),
            1,
            1);
    Budget budget = Budget.begun(Duration.ZERO, request.budget());
    Progress progress = new Progress(new PrintWriter(new StringWriter()), budget);
    return new RepairRun(request, budget, progress, () -> false).run();
  }
}
