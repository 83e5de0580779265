package dev.fettle.templates;

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
                            new TemplateGenerator(new JavaSources(), List.of(template)),
                            scratch.resolve(template.name()).resolve(c.name()))));
  }
}
