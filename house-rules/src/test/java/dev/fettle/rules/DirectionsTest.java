package dev.fettle.rules;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.EvaluationResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DirectionsTest {
  private static final House HOUSE = House.built();

  @Test
  void roomsKnowOnlyWhatTheyMay() {
    Set<String> wrong = new TreeSet<>();
    for (String module : HOUSE.modules()) {
      for (JavaClass one : HOUSE.classesOf(module)) {
        for (Dependency dependency : one.getDirectDependenciesFromSelf()) {
          HOUSE
              .moduleOf(dependency.getTargetClass().getBaseComponentType().getName())
              .filter(to -> !to.equals(module) && !House.KNOWS.get(module).contains(to))
              .ifPresent(to -> wrong.add(module + " knows " + to + ": " + one.getName()));
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void everyModuleOfTheReactorHasItsLine() throws IOException {
    Path root = Path.of(System.getProperty("fettle.root"));
    try (Stream<Path> folders = Files.list(root)) {
      List<String> modules =
          folders
              .filter(f -> Files.isRegularFile(f.resolve("pom.xml")))
              .map(f -> f.getFileName().toString())
              .filter(m -> !Set.of("house-rules", "it").contains(m))
              .toList();
      assertThat(House.KNOWS.keySet()).containsExactlyInAnyOrderElementsOf(modules);
    }
  }

  @Test
  void noPackageCycles() {
    List<String> cycles = new ArrayList<>();
    for (String module : HOUSE.modules()) {
      Path compiled = Path.of(System.getProperty("fettle.root"), module, "target/classes");
      EvaluationResult result =
          slices()
              .matching("(dev.fettle..)")
              .should()
              .beFreeOfCycles()
              .allowEmptyShould(true)
              .evaluate(new ClassFileImporter().importPath(compiled));
      result.getFailureReport().getDetails().stream()
          .map(detail -> module + ": " + detail.lines().limit(3).toList())
          .forEach(cycles::add);
    }
    assertThat(cycles).isEmpty();
  }
}
