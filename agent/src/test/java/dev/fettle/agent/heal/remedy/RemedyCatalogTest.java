package dev.fettle.agent.heal.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing that belongs to a remedy is missing; RemedyIT runs the programs. */
class RemedyCatalogTest {
  private static final Path PROGRAMS = Path.of("src/test/remedies");
  private static final Path PAGES = Path.of("../docs/remedies");

  static Stream<Remedy> remedies() {
    return Remedy.all().stream();
  }

  @ParameterizedTest
  @MethodSource("remedies")
  void hasAProgramThatItHealsAndOneThatItRefuses(Remedy remedy) {
    assertThat(PROGRAMS.resolve(remedy.name()).resolve("Heals.java"))
        .content()
        .contains("// prints: ");
    assertThat(PROGRAMS.resolve(remedy.name()).resolve("Refuses.java"))
        .content()
        .contains("// raises: ", "// because ");
  }

  @ParameterizedTest
  @MethodSource("remedies")
  void hasAPageThatNamesItAndItsLiterature(Remedy remedy) {
    assertThat(PAGES.resolve(remedy.page() + ".md"))
        .content()
        .contains("`" + remedy.name() + "`", "## Literature");
  }

  @Test
  void everyProgramBelongsToARemedy() throws IOException {
    try (Stream<Path> folders = Files.list(PROGRAMS)) {
      assertThat(folders.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(Remedy.all().stream().map(Remedy::name).toList());
    }
  }

  @Test
  void noTwoRemediesShareAName() {
    List<String> names = Remedy.all().stream().map(Remedy::name).toList();
    assertThat(names).doesNotHaveDuplicates();
  }
}
