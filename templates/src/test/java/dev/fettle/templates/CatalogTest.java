package dev.fettle.templates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.contract.model.FaultClass;
import dev.fettle.templates.site.RepairTemplate;
import dev.fettle.testkit.GoldenCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CatalogTest {
  private static final Path PAGES =
      Path.of(System.getProperty("fettle.root", "..")).resolve("docs/templates");

  @Test
  void everyTemplateHasAPage() {
    assertThat(names().filter(n -> !Files.exists(PAGES.resolve(n + ".md")))).isEmpty();
  }

  @Test
  void everyPageBelongsToATemplate() throws IOException {
    List<String> known = names().toList();
    try (Stream<Path> pages = Files.list(PAGES)) {
      assertThat(
              pages
                  .map(p -> p.getFileName().toString().replace(".md", ""))
                  .filter(p -> !p.equals("README")))
          .allMatch(known::contains);
    }
  }

  @Test
  void everyTemplateHasAGoldenRepair() {
    assertThat(names().filter(n -> cases(n).stream().allMatch(GoldenCase::refuses))).isEmpty();
  }

  @Test
  void everyTemplateHasAGoldenRefusal() {
    assertThat(names().filter(n -> cases(n).stream().noneMatch(GoldenCase::refuses))).isEmpty();
  }

  @Test
  void noTwoTemplatesShareAName() {
    assertThat(names().toList()).doesNotHaveDuplicates();
  }

  @Test
  void everyFaultThatCodeCanRepairHasATemplate() {
    Set<FaultClass> handled = EnumSet.noneOf(FaultClass.class);
    Catalog.all().forEach(t -> handled.addAll(t.handles()));
    assertThat(handled).containsExactlyInAnyOrder(FaultClass.values());
  }

  private static List<GoldenCase> cases(String template) {
    return GoldenCase.of(GoldenTest.GOLDENS, template);
  }

  private static Stream<String> names() {
    return Catalog.all().stream().map(RepairTemplate::name);
  }
}
