package dev.fettle.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.fettle.contract.model.CapturedException;
import dev.fettle.contract.model.Confirmation;
import dev.fettle.contract.model.LabJob;
import dev.fettle.contract.model.LabReport;
import dev.fettle.contract.model.NewFile;
import dev.fettle.contract.model.Patch;
import dev.fettle.contract.model.ProjectModel;
import dev.fettle.contract.model.Replacement;
import dev.fettle.contract.model.TestResult;
import dev.fettle.contract.spi.ProjectReader.Reading;
import dev.fettle.sandbox.confine.HostExecution;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShopTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @TempDir static Path directory;
  private static Sandbox sandbox;
  private static Folder tree;
  private static ProjectModel project;

  @BeforeAll
  static void read() throws IOException {
    tree = Shop.in(directory.resolve("shop"));
    sandbox = Sandbox.open(directory.resolve("data"), HostExecution.ALLOWED);
    Reading reading = sandbox.reader().read(tree);
    assertThat(reading).isInstanceOf(Reading.Read.class);
    project = ((Reading.Read) reading).project();
  }

  @AfterAll
  static void close() {
    sandbox.close();
  }

  @Test
  void describesModulesAsTheBuildSeesThem() {
    ProjectModel.Module core = project.modules().get(0);
    ProjectModel.Module app = project.modules().get(1);
    assertThat(core.directory()).isEqualTo("core");
    assertThat(core.release()).isEqualTo(17);
    assertThat(core.compilerArguments()).contains("-parameters", "-g");
    assertThat(core.processorPath()).anyMatch(p -> p.toString().contains("lombok"));
    assertThat(app.mainClasspath()).contains(core.mainOutput());
    assertThat(app.testClasspath()).startsWith(app.mainOutput());
    assertThat(app.tests().jvmArguments()).containsExactly("-Dfrom.arg=yes");
    assertThat(app.tests().systemProperties()).containsExactly("shop.mode=test");
    assertThat(tree.paths()).noneMatch(p -> p.contains("target/"));
  }

  @Test
  void runsTheTestsOfTheProject() {
    LabReport report = run(Optional.empty(), List.of(), new LabJob.Selection.All());
    assertThat(report).isInstanceOf(LabReport.Ran.class);
    LabReport.Ran ran = (LabReport.Ran) report;
    assertThat(ran.results())
        .extracting(TestResult::name, TestResult::status)
        .containsExactlyInAnyOrder(
            tuple("shop.app.PricesTest#asksTheStock", TestResult.Status.PASSED),
            tuple("shop.app.PricesTest#seesTheSettingsOfTheBuild", TestResult.Status.PASSED),
            tuple("shop.app.LabelTest#trims", TestResult.Status.PASSED));
    assertThat(ran.mode()).contains(sandbox.laboratory().confinement());
  }

  @Test
  void reproducesAndThenPassesWithThePatch() {
    NewFile test = reproduction();
    LabJob.Selection selection =
        new LabJob.Selection.Classes("app", List.of("shop.app.PricesFettleTest"));
    LabReport.Ran before = (LabReport.Ran) run(Optional.empty(), List.of(test), selection);
    CapturedException failure = before.results().get(0).failure().orElseThrow();
    assertThat(failure.type()).isEqualTo("java.lang.NullPointerException");
    assertThat(failure.message()).contains("getCents()");
    assertThat(failure.topApplicationFrame().orElseThrow().display())
        .isEqualTo("shop.app.Prices.cents(Prices.java:8)");

    LabReport.Ran after = (LabReport.Ran) run(Optional.of(guard()), List.of(test), selection);
    assertThat(after.failures()).isEmpty();
    assertThat(after.results()).hasSize(1);
    assertThat(after.classes().keySet()).containsExactly("shop.app.Prices");
  }

  @Test
  void compilesLombokInAModuleThatOthersUse() {
    String text = tree.text("core/src/main/java/shop/core/Item.java").orElseThrow();
    Patch patch = replace("core/src/main/java/shop/core/Item.java", text, ".trim()", ".strip()");
    LabReport report = run(Optional.of(patch), List.of(), new LabJob.Selection.All());
    assertThat(((LabReport.Ran) report).failures()).isEmpty();
    assertThat(((LabReport.Ran) report).results()).hasSize(3);
  }

  @Test
  void saysWhatTheCompilerRefused() {
    String text = tree.text(Shop.PRICES).orElseThrow();
    Patch patch = replace(Shop.PRICES, text, "getCents()", "getPounds()");
    LabReport report = run(Optional.of(patch), List.of(), new LabJob.Selection.None());
    assertThat(((LabReport.NotCompiled) report).diagnostics())
        .startsWith(Shop.PRICES + ":8:")
        .contains("getPounds");
  }

  @Test
  void runsOnlyTestsThatEnterWhatChanges() {
    sandbox.laboratory().warm(project);
    assertThat(sandbox.baseTests().passing(project, MINUTE).orElseThrow())
        .containsExactlyInAnyOrder(
            "shop.app.PricesTest#asksTheStock",
            "shop.app.PricesTest#seesTheSettingsOfTheBuild",
            "shop.app.LabelTest#trims");
    LabReport.Ran ran =
        (LabReport.Ran) run(Optional.of(guard()), List.of(), new LabJob.Selection.Affected());
    assertThat(ran.results()).extracting(TestResult::className).containsOnly("shop.app.PricesTest");
  }

  @Test
  void hasTheProjectsOwnBuildConfirmOrRefute() {
    assertThat(sandbox.laboratory().confirm(tree, guard(), List.of(reproduction())))
        .isEqualTo(new Confirmation.Confirmed(4, "mvn -Dmaven.gitcommitid.skip test"));
    String text = tree.text(Shop.PRICES).orElseThrow();
    Patch wrong = replace(Shop.PRICES, text, "stock.find(name).getCents()", "0");
    assertThat(sandbox.laboratory().confirm(tree, wrong, List.of()))
        .isInstanceOfSatisfying(
            Confirmation.Refuted.class,
            refuted -> assertThat(refuted.detail()).contains("PricesTest#asksTheStock"));
  }

  static NewFile reproduction() {
    return new NewFile(
        "app/src/test/java/shop/app/PricesFettleTest.java",
        """
        package shop.app;
        import org.junit.jupiter.api.Test;
        class PricesFettleTest {
          @Test void survivesAnUnknownName() { new Prices(name -> null).cents("none"); }
        }
        """);
  }

  static Patch guard() {
    String text = tree.text(Shop.PRICES).orElseThrow();
    return replace(
        Shop.PRICES,
        text,
        "    return stock.find(name).getCents();",
        "    Item item = stock.find(name);\n    return item == null ? 0 : item.getCents();");
  }

  static Patch replace(String path, String text, String old, String fresh) {
    int start = text.indexOf(old);
    return new Patch(List.of(new Replacement(path, start, start + old.length(), old, fresh)));
  }

  private static LabReport run(
      Optional<Patch> patch, List<NewFile> added, LabJob.Selection selection) {
    return sandbox.laboratory().run(new LabJob(project, patch, added, selection, MINUTE));
  }
}
