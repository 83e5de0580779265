package dev.fettle.templates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.contract.model.Candidate;
import dev.fettle.contract.model.StepResult;
import dev.fettle.contract.spi.PatchGenerator;
import dev.fettle.contract.spi.RepairCase;
import dev.fettle.contract.spi.ValidationStep;
import dev.fettle.source.check.SourceSteps;
import dev.fettle.source.java.JavaSources;
import dev.fettle.templates.site.RepairTemplate;
import dev.fettle.testkit.GoldenCase;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class GoldenTest {
  static final Path GOLDENS = Path.of("src/test/resources/golden");

  @TempDir Path scratch;

  @TestFactory
  Stream<DynamicContainer> everyTemplateKeepsItsGoldenPromises() {
    return Catalog.all().stream().map(t -> DynamicContainer.dynamicContainer(t.name(), cases(t)));
  }

  private Stream<DynamicTest> cases(RepairTemplate template) {
    return GoldenCase.of(GOLDENS, template.name()).stream()
        .map(
            c ->
                DynamicTest.dynamicTest(
                    c.name(),
                    () ->
                        c.check(
                            judged(new TemplateGenerator(new JavaSources(), List.of(template))),
                            scratch.resolve(template.name()).resolve(c.name()))));
  }

  /** The steps that keep a patch honest let every template's candidates pass. */
  private static PatchGenerator judged(PatchGenerator template) {
    List<ValidationStep> steps = SourceSteps.all(new JavaSources());
    return new PatchGenerator() {
      @Override
      public String name() {
        return template.name();
      }

      @Override
      public Stream<Candidate> candidates(RepairCase repairCase) {
        return template
            .candidates(repairCase)
            .peek(
                c ->
                    assertThat(steps)
                        .noneMatch(s -> s.check(c, repairCase) instanceof StepResult.Rejected));
      }
    };
  }
}
