package dev.fettle.source.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.contract.model.Candidate;
import dev.fettle.contract.model.Diagnosis;
import dev.fettle.contract.model.FaultClass;
import dev.fettle.contract.model.Patch;
import dev.fettle.contract.model.Replacement;
import dev.fettle.contract.model.SourcePlace;
import dev.fettle.contract.model.StepResult;
import dev.fettle.contract.model.Suspect;
import dev.fettle.contract.spi.RepairCase;
import dev.fettle.contract.spi.ValidationStep;
import dev.fettle.source.java.JavaSources;
import dev.fettle.testkit.TinyProject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceStepsTest {
  private static final String CART = "src/main/java/Cart.java";
  private static final String MONEY = "src/main/java/Money.java";
  private static final String OTHER = "src/main/java/Other.java";
  private static final String TEST = "src/test/java/CartTest.java";

  @TempDir Path dir;
  private RepairCase repair;

  @BeforeEach
  void project() {
    TinyProject tiny =
        TinyProject.in(dir)
            .source("class Cart { long f(Money m) { return m.cents(); } }")
            .source("class Money { long cents() { return 1; } }")
            .source("class Other { }")
            .test("class CartTest { }")
            .compile();
    Suspect suspect =
        new Suspect(
            new SourcePlace(CART, "Cart", "f", "(LMoney;)J", 1, 31, 48),
            1,
            Suspect.Role.FAILED,
            List.of("it threw"));
    Diagnosis diagnosis =
        new Diagnosis(
            tiny.incident(
                    new dev.fettle.contract.model.CapturedException(
                        "java.lang.NullPointerException", null, List.of(), null))
                .id(),
            FaultClass.NULL_DEREFERENCE,
            null,
            List.of(suspect),
            "m is null",
            List.of(),
            true,
            null);
    repair =
        new RepairCase(
            tiny.incident(
                new dev.fettle.contract.model.CapturedException(
                    "java.lang.NullPointerException", null, List.of(), null)),
            diagnosis,
            tiny.tree(),
            tiny.model(),
            Optional.empty());
  }

  private StepResult check(String oracle, Replacement... replacements) {
    ValidationStep step =
        SourceSteps.all(new JavaSources()).stream()
            .filter(s -> s.oracle().equals(oracle))
            .findFirst()
            .orElseThrow();
    return step.check(new Candidate(new Patch(List.of(replacements)), "t", "r", 1), repair);
  }

  private static Replacement insertion(String path, String text) {
    return new Replacement(path, 0, 0, "", text);
  }

  @Test
  void rejectsWhatDoesNotApply() {
    assertThat(check("applies", new Replacement(CART, 0, 3, "xyz", "")))
        .isInstanceOf(StepResult.Rejected.class);
    assertThat(check("applies", insertion("gone.java", " ")))
        .isInstanceOf(StepResult.Rejected.class);
    assertThat(check("applies", insertion(CART, " "))).isInstanceOf(StepResult.Passed.class);
  }

  @Test
  void rejectsWhatDoesNotParse() {
    assertThat(check("parses", insertion(CART, "class {"))).isInstanceOf(StepResult.Rejected.class);
    assertThat(check("parses", insertion(CART, "// x\n"))).isInstanceOf(StepResult.Passed.class);
  }

  @Test
  void allowsFilesOfSuspectsAndOfTheTypesTheyUseOnly() {
    assertThat(check("scope", insertion(CART, " "))).isInstanceOf(StepResult.Passed.class);
    assertThat(check("scope", insertion(MONEY, " "))).isInstanceOf(StepResult.Passed.class);
    assertThat(check("scope", insertion(OTHER, " "))).isInstanceOf(StepResult.Rejected.class);
    assertThat(check("scope", insertion(TEST, " "))).isInstanceOf(StepResult.Rejected.class);
    assertThat(check("scope", insertion("pom.xml", " "))).isInstanceOf(StepResult.Rejected.class);
  }

  @Test
  void rejectsMoreThanSixtyChangedLines() {
    assertThat(check("size", insertion(CART, "//\n".repeat(60))))
        .isInstanceOf(StepResult.Passed.class);
    assertThat(check("size", insertion(CART, "//\n".repeat(61))))
        .isInstanceOf(StepResult.Rejected.class);
  }
}
