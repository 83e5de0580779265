package dev.fettle.cli.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fettle.checkout.FolderTree;
import dev.fettle.contract.model.CapturedException;
import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.contract.model.ProjectModel;
import dev.fettle.contract.model.TestResult;
import dev.fettle.sandbox.ProjectTests;
import dev.fettle.search.SuspectLine;
import dev.fettle.source.java.JavaProject;
import dev.fettle.source.java.JavaSources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalizationTest {
  @TempDir Path project;

  @Test
  void linesAreLikelyByTheirRankAndEqualOnesShareIt() {
    List<Localization.Suspicion> ranked =
        IntStream.rangeClosed(1, 30)
            .mapToObj(line -> new Localization.Suspicion("A.java", line, line <= 2 ? 0.9 : 0.5))
            .toList();

    List<SuspectLine> lines = Localization.likelihoods(ranked);

    assertThat(lines.get(0).score()).isEqualTo(1);
    assertThat(lines.get(1).score()).isEqualTo(1);
    assertThat(lines.get(2).score()).isCloseTo(8.5 / 23.5, within(1e-9));
    assertThat(lines.get(29).score()).isEqualTo(lines.get(2).score());
  }

  @Test
  void codeThatTheFailingTestIsNamedAfterComesFirst() throws IOException {
    write(
        "src/main/java/shop/Cart.java",
        "package shop;\nclass Cart {\n  int total() {\n    return Rates.of(3);\n  }\n  int other() {\n    return 1;\n  }\n}\n");
    write(
        "src/main/java/shop/Rates.java",
        "package shop;\nclass Rates {\n  static int of(int a) {\n    return a;\n  }\n}\n");
    ProjectTests.OneTest failing =
        new ProjectTests.OneTest(
            new TestResult(
                "shop.CartTest", "testTotal", TestResult.Status.FAILED, Optional.empty()),
            "direct",
            1,
            Map.of("shop.Cart", new int[] {4, 7}, "shop.Rates", new int[] {4}));

    List<Localization.Suspicion> ranked =
        new Localization(sources()).rank(List.of(failing), List.of());

    assertThat(ranked)
        .extracting(s -> s.path() + ":" + s.line())
        .containsExactly(
            "src/main/java/shop/Cart.java:4",
            "src/main/java/shop/Cart.java:7",
            "src/main/java/shop/Rates.java:4");
  }

  @Test
  void testsTellMostTogetherWhereOneLineExplainsThem() throws IOException {
    write("src/main/java/shop/Cart.java", "package shop;\nclass Cart {\n}\n");
    Localization localization = new Localization(sources());
    ProjectTests.OneTest first = test("first", 3, 4);
    ProjectTests.OneTest second = test("second", 4, 5);
    ProjectTests.OneTest other = test("other", 6);
    List<ProjectTests.OneTest> passing = List.of(test("passing", 4, 5, 6));

    assertThat(localization.sharpest(List.of(first, second), passing))
        .isEqualTo(Math.sqrt(2.0 / 3));
    assertThat(localization.sharpest(List.of(first), passing)).isEqualTo(1);
    assertThat(localization.sharpest(List.of(second), passing)).isEqualTo(Math.sqrt(0.5));
    assertThat(localization.sharpest(List.of(first, other), passing)).isZero();
  }

  @Test
  void testsThatRanOneLineAreAGroup() throws IOException {
    write("src/main/java/shop/Cart.java", "package shop;\nclass Cart {\n}\n");
    ProjectTests.OneTest first = test("first", 3, 4);
    ProjectTests.OneTest second = test("second", 4, 5);
    ProjectTests.OneTest third = test("third", 5, 6);

    List<List<ProjectTests.OneTest>> groups =
        new Localization(sources())
            .sharing(List.of(first, second, third), List.of(test("passing", 5)), 9);

    assertThat(groups).containsExactly(List.of(first, second), List.of(second, third));
  }

  @Test
  void methodsThatMadeTheWrongValueComeFirst() throws IOException {
    write(
        "src/main/java/shop/Cart.java",
        "package shop;\nclass Cart {\n  void add() {\n    System.gc();\n  }\n  int total() {\n    return 1;\n  }\n}\n");
    write(
        "src/test/java/shop/ShopTest.java",
        "package shop;\nclass ShopTest {\n  void a() {\n    Cart c = new Cart();\n    c.add();\n    int t = c.total();\n    assert t == 2;\n  }\n}\n");

    List<Localization.Suspicion> ranked =
        new Localization(sources()).rank(List.of(failed(7, 4, 7)), List.of());

    assertThat(ranked).extracting(Localization.Suspicion::line).containsExactly(7, 4);
  }

  private static ProjectTests.OneTest failed(int line, int... lines) {
    CapturedFrame frame =
        new CapturedFrame("shop.ShopTest", "a", "", "ShopTest.java", line, true, null, List.of());
    return new ProjectTests.OneTest(
        new TestResult(
            "shop.ShopTest",
            "a",
            TestResult.Status.FAILED,
            Optional.of(
                new CapturedException("java.lang.AssertionError", null, List.of(frame), null))),
        "direct",
        1,
        Map.of("shop.Cart", lines));
  }

  @Test
  void generatedCodeIsNeverSuspect() throws IOException {
    write("src/main/java/shop/Cart.java", "package shop;\nclass Cart {\n}\n");
    write("target/generated-sources/shop/Made.java", "package shop;\nclass Made {\n}\n");
    ProjectTests.OneTest failing =
        new ProjectTests.OneTest(
            new TestResult("shop.CartTest", "a", TestResult.Status.FAILED, Optional.empty()),
            "direct",
            1,
            Map.of("shop.Made", new int[] {2}));

    assertThat(new Localization(sources()).rank(List.of(failing), List.of())).isEmpty();
  }

  private static ProjectTests.OneTest test(String method, int... lines) {
    return new ProjectTests.OneTest(
        new TestResult("shop.CartTest", method, TestResult.Status.FAILED, Optional.empty()),
        "direct",
        1,
        Map.of("shop.Cart", lines));
  }

  private void write(String path, String text) throws IOException {
    Path file = project.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private JavaProject sources() throws IOException {
    Path root = project.toRealPath();
    Path main = root.resolve("src/main/java");
    ProjectModel.Module module =
        new ProjectModel.Module(
            "shop",
            "",
            List.of(main),
            List.of(root.resolve("src/test/java")),
            root.resolve("target/classes"),
            root.resolve("target/test-classes"),
            List.of(),
            List.of(),
            List.of(),
            17,
            List.of(),
            ProjectModel.TestSettings.defaults());
    ProjectModel model =
        new ProjectModel(
            root,
            ProjectModel.BuildTool.PLAIN,
            Path.of(System.getProperty("java.home")),
            List.of(module));
    return new JavaSources().project(FolderTree.of(root), model);
  }
}
