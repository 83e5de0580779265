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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole repairs of folders without a build: real javac, real children, the real search. */
class RepairRunTest {
  private static final String TEST =
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
  private Path project;

  @BeforeEach
  void aProject() {
    project = directory.resolve("project");
  }

  @Test
  void repairsAFailingTestAndLeavesTheProjectAlone() throws IOException {
    String before = cart("return items > 10 ? 0 : 5;");

    Repaired repaired = repair(List.of(), null);

    assertThat(repaired.end()).isEqualTo(Repaired.End.REPAIRED);
    assertThat(repaired.failing()).containsExactly("shop.CartTest#freeFromTen");
    assertThat(new String(repaired.patches().get(0).diff(), StandardCharsets.UTF_8))
        .contains("-    return items > 10 ? 0 : 5;\r\n")
        .contains("+    return items >= 10 ? 0 : 5;\r\n");
    assertThat(Files.readString(project.resolve("src/main/java/shop/Cart.java"))).isEqualTo(before);
    assertThat(project.resolve("target")).doesNotExist();
  }

  @Test
  void repairsTheFileAtFaultAmongSeveralThatTheTestRuns() throws IOException {
    String text = cart("return Rates.free(items) ? Rates.none() : Rates.usual();");
    Files.writeString(
        project.resolve("src/main/java/shop/Rates.java"),
        """
        package shop;
        final class Rates {
          static boolean free(int items) { return items > 10; }
          static int none() { return Amounts.zero(); }
          static int usual() { return 5; }
        }
        """);
    Files.writeString(
        project.resolve("src/main/java/shop/Amounts.java"),
        "package shop;\nfinal class Amounts {\n  static int zero() { return 0; }\n}\n");

    Repaired repaired = repair(List.of(), null);

    assertThat(text).contains("Rates.free");
    assertThat(repaired.end()).isEqualTo(Repaired.End.REPAIRED);
    assertThat(repaired.patches().get(0).changes())
        .containsOnlyKeys("src/main/java/shop/Rates.java");
  }

  @Test
  void repairsWhatNeverEnds() throws IOException {
    String text =
        cart(
            """
            int cost = 10;
                while (cost > items) {
                  cost = cost - 0;
                }
                return 10 - cost;""");
    Files.writeString(
        project.resolve("src/test/java/shop/CartTest.java"),
        """
        package shop;
        import static org.junit.jupiter.api.Assertions.assertEquals;
        import org.junit.jupiter.api.Test;
        class CartTest {
          @Test void nothingFromTen() { assertEquals(0, Cart.shipping(10)); }
          @Test void oneBelow() { assertEquals(1, Cart.shipping(9)); }
          @Test void sixForFour() { assertEquals(6, Cart.shipping(4)); }
        }
        """);

    Repaired repaired = repair(List.of(), null);

    assertThat(text).contains("cost - 0");
    assertThat(repaired.failing())
        .containsExactlyInAnyOrder("shop.CartTest#oneBelow", "shop.CartTest#sixForFour");
    assertThat(repaired.end()).isEqualTo(Repaired.End.REPAIRED);
  }

  @Test
  void findsTestsByWhatTheyAreWhereNoBuildNamesThem() throws IOException {
    String text = cart("return items > 10 ? 0 : 5;");
    Path tests = project.resolve("src/test/java/shop");
    Files.move(tests.resolve("CartTest.java"), tests.resolve("CART_CHECKS.java"));
    Files.writeString(
        tests.resolve("CART_CHECKS.java"), TEST.replace("class CartTest", "class CART_CHECKS"));

    Repaired repaired = repair(List.of(), null);

    assertThat(text).contains("items > 10");
    assertThat(repaired.failing()).containsExactly("shop.CART_CHECKS#freeFromTen");
    assertThat(repaired.end()).isEqualTo(Repaired.End.REPAIRED);
  }

  @Test
  void hasNothingToDoWhereAllTestsPass() throws IOException {
    String text = cart("return items >= 10 ? 0 : 5;");

    assertThat(text).isNotEmpty();
    assertThat(repair(List.of(), null).end()).isEqualTo(Repaired.End.PASSING);
  }

  @Test
  void leavesOutTestsThatNoChangeOfTheCodeCanRepair() throws IOException {
    String text = cart("return items > 10 ? 0 : 5;");
    Path tests = project.resolve("src/test/java/shop");
    Files.writeString(
        tests.resolve("OnceTest.java"),
        """
        package shop;
        import static org.junit.jupiter.api.Assertions.assertFalse;
        import org.junit.jupiter.api.Test;
        class OnceTest {
          @Test void failsTheFirstTime() throws Exception {
            Cart.shipping(1);
            assertFalse(new java.io.File("ran-before").createNewFile());
          }
        }
        """);
    Files.writeString(
        tests.resolve("ServiceTest.java"),
        """
        package shop;
        import org.junit.jupiter.api.Test;
        class ServiceTest {
          @Test void wantsAService() throws Exception {
            Cart.shipping(1);
            new java.net.Socket("127.0.0.1", 1).close();
          }
        }
        """);

    Repaired repaired = repair(List.of(), null);

    assertThat(text).contains("items > 10");
    assertThat(repaired.unstable()).containsExactly("shop.OnceTest#failsTheFirstTime");
    assertThat(repaired.outside())
        .containsExactly("shop.ServiceTest#wantsAService: java.net.ConnectException");
    assertThat(repaired.failing()).containsExactly("shop.CartTest#freeFromTen");
    assertThat(repaired.end()).isEqualTo(Repaired.End.REPAIRED);
    assertThat(repaired.patches().get(0).evidence().get(0))
        .isEqualTo("shop.CartTest#freeFromTen failed every time and passes with it.");
  }

  @Test
  void repairsWhatDoesNotCompile() throws IOException {
    String text = cart("return itmes >= 10 ? 0 : 5;");

    Repaired repaired = repair(List.of(), null);

    assertThat(text).contains("itmes");
    assertThat(repaired.end()).isEqualTo(Repaired.End.REPAIRED);
    assertThat(new String(repaired.patches().get(0).diff(), StandardCharsets.UTF_8))
        .contains("+    return items >= 10 ? 0 : 5;");
  }

  @Test
  void saysWhatAProjectNeeds() throws IOException {
    Files.createDirectories(project);

    Repaired repaired = repair(List.of(), null);

    assertThat(repaired.end()).isEqualTo(Repaired.End.UNREADABLE);
    assertThat(repaired.reason()).contains("no build file").contains("wanted a pom.xml");
  }

  @Test
  void saysWhyATraceOfOtherCodeCannotBeRepaired() throws IOException {
    String text = cart("return items >= 10 ? 0 : 5;");

    Repaired repaired =
        repair(
            List.of(), "java.lang.IllegalStateException: x\n\tat other.Place.go(Place.java:3)\n");

    assertThat(text).isNotEmpty();
    assertThat(repaired.end()).isEqualTo(Repaired.End.NOT_REPAIRED);
    assertThat(repaired.reason()).contains("no frame of");
  }

  @Test
  void repairsWhatAPastedTraceOfFoldersWithoutABuildTells() throws IOException {
    Path main = project.resolve("code/shop/Names.java");
    Path test = project.resolve("checks/shop/NamesTest.java");
    Files.createDirectories(main.getParent());
    Files.createDirectories(test.getParent());
    Files.writeString(
        main,
        """
        package shop;
        public class Names {
          private static final String[] ALL = {"Ada", null, "Bob"};
          public static int length(String name) {
            return name.trim().length();
          }
          public static int total() {
            int sum = 0;
            for (String name : ALL) {
              sum += length(name);
            }
            return sum;
          }
        }
        """);
    Files.writeString(
        test,
        """
        package shop;
        import static org.junit.jupiter.api.Assertions.assertEquals;
        import org.junit.jupiter.api.Test;
        class NamesTest {
          @Test void measures() { assertEquals(3, Names.length(" abc ")); }
        }
        """);
    RepairRequest.Folders folders =
        new RepairRequest.Folders(
            List.of(project.resolve("code")), List.of(project.resolve("checks")), List.of(), 17);
    String trace =
        "java.lang.NullPointerException: Cannot invoke \"String.trim()\" because \"name\" is null\n"
            + "\tat shop.Names.length(Names.java:5)\n"
            + "\tat shop.Names.total(Names.java:10)\n";

    Repaired repaired = run(Optional.of(folders), List.of(), trace);

    assertThat(repaired.end()).as("%s", repaired).isEqualTo(Repaired.End.REPAIRED);
    assertThat(repaired.patches().get(0).changes()).containsOnlyKeys("code/shop/Names.java");
    assertThat(repaired.notes()).anyMatch(n -> n.startsWith("reproduced by a generated test"));
    assertThat(project.resolve("checks/shop")).isDirectoryNotContaining(f -> !f.equals(test));
  }

  @Test
  void readsNoneOfTheCopiesThatItKeepsInTheProject() throws IOException {
    String text = cart("return items > 10 ? 0 : 5;");
    Path kept = project.resolve("src/main/java/kept");

    Repaired first = run(Optional.empty(), kept, List.of(), null);
    Repaired second = run(Optional.empty(), kept, List.of(), null);

    assertThat(text).isNotEmpty();
    assertThat(first.end()).isEqualTo(Repaired.End.REPAIRED);
    assertThat(second.end()).isEqualTo(Repaired.End.REPAIRED);
    assertThat(second.failing()).containsExactly("shop.CartTest#freeFromTen");
  }

  private String cart(String body) throws IOException {
    String text =
        "package shop;\r\npublic class Cart {\r\n  public static int shipping(int items) {\r\n    "
            + body
            + "\r\n  }\r\n}\r\n";
    Path main = project.resolve("src/main/java/shop/Cart.java");
    Path test = project.resolve("src/test/java/shop/CartTest.java");
    Files.createDirectories(main.getParent());
    Files.createDirectories(test.getParent());
    Files.writeString(main, text);
    Files.writeString(test, TEST);
    return text;
  }

  private Repaired repair(List<String> tests, @Nullable String trace) throws IOException {
    return run(Optional.empty(), tests, trace);
  }

  private Repaired run(
      Optional<RepairRequest.Folders> folders, List<String> tests, @Nullable String trace)
      throws IOException {
    return run(folders, directory.resolve("data"), tests, trace);
  }

  private Repaired run(
      Optional<RepairRequest.Folders> folders,
      Path data,
      List<String> tests,
      @Nullable String trace)
      throws IOException {
    RepairRequest request =
        new RepairRequest(project, folders, tests, trace, data, Duration.ofSeconds(90), 1, 3);
    Budget budget = Budget.begun(Duration.ZERO, request.budget());
    Progress progress = new Progress(new PrintWriter(new StringWriter()), budget);
    return new RepairRun(request, budget, progress, () -> false).run();
  }
}
