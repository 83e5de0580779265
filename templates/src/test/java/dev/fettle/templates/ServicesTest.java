package dev.fettle.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.fettle.contract.model.Candidate;
import dev.fettle.contract.model.CapturedException;
import dev.fettle.contract.model.Diagnosis;
import dev.fettle.contract.model.Incident;
import dev.fettle.contract.spi.RepairCase;
import dev.fettle.source.java.JavaSources;
import dev.fettle.source.locate.JavaFaultLocalizer;
import dev.fettle.testkit.TinyProject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Small services of several classes with one fault each. {@code Main} fails as the fault does, and
 * ends quietly only when the service answers as the rest of its code base would.
 */
class ServicesTest {
  private static final Path SERVICES = Path.of("src/test/resources/services");

  @TempDir Path scratch;

  @TestFactory
  Stream<DynamicTest> theBestCandidateAnswersAsTheCodeBaseWould() throws IOException {
    return Stream.concat(
        services("plain", Map.of()).stream(), services("web", framework()).stream());
  }

  private List<DynamicTest> services(String kind, Map<String, String> shared) throws IOException {
    try (Stream<Path> services = Files.list(SERVICES.resolve(kind))) {
      return services
          .filter(Files::isDirectory)
          .sorted()
          .map(s -> dynamicTest(s.getFileName().toString(), () -> repair(s, shared)))
          .toList();
    }
  }

  private void repair(Path service, Map<String, String> shared) throws IOException {
    Map<String, String> before = read(service);
    before.putAll(shared);
    TinyProject broken = project(before, scratch.resolve(service.getFileName() + "-before"));
    CapturedException failure = broken.failure("shop.Main", "main", (Object) new String[0]);
    Candidate best = best(broken, failure);
    Map<String, String> after = new TreeMap<>(before);
    for (String path : best.patch().paths()) {
      String name = path.substring(path.lastIndexOf('/') + 1);
      after.put(name, best.patch().apply(path, before.get(name)));
    }
    TinyProject repaired = project(after, scratch.resolve(service.getFileName() + "-after"));
    assertThat(ending(repaired)).as(best.rationale() + "\n" + after).isEqualTo("quiet");
  }

  private static Candidate best(TinyProject broken, CapturedException failure) {
    JavaSources sources = new JavaSources();
    Incident incident = broken.incident(failure);
    Diagnosis diagnosis =
        (Diagnosis)
            new JavaFaultLocalizer(sources).localize(incident, broken.tree(), broken.model());
    return new TemplateGenerator(sources)
        .candidates(
            new RepairCase(incident, diagnosis, broken.tree(), broken.model(), Optional.empty()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no candidate for " + diagnosis));
  }

  private static String ending(TinyProject project) {
    try {
      return String.valueOf(project.thrown("shop.Main", "main", (Object) new String[0]));
    } catch (AssertionError e) {
      return String.valueOf(e.getMessage()).endsWith("threw nothing") ? "quiet" : e.getMessage();
    }
  }

  private static TinyProject project(Map<String, String> sources, Path root) {
    TinyProject project = TinyProject.in(root);
    sources.forEach((name, text) -> project.write("src/main/java/shop/" + name, text));
    return project.compile();
  }

  /** What stands for a web framework, and the exceptions of services that have one. */
  private static Map<String, String> framework() throws IOException {
    Path web = SERVICES.resolve("web/Web.java");
    return Map.of("Web.java", Files.readString(web));
  }

  private static Map<String, String> read(Path directory) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory)) {
      files.forEach(
          f -> {
            try {
              texts.put(f.getFileName().toString(), Files.readString(f));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
    return texts;
  }
}
