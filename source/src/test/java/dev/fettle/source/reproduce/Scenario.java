package dev.fettle.source.reproduce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.contract.model.CapturedException;
import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.contract.model.Diagnosis;
import dev.fettle.contract.model.FaultClass;
import dev.fettle.contract.model.Incident;
import dev.fettle.contract.model.Request;
import dev.fettle.contract.model.Signal;
import dev.fettle.contract.model.SourcePlace;
import dev.fettle.contract.model.Suspect;
import dev.fettle.contract.model.TestDraft;
import dev.fettle.contract.model.TestResult;
import dev.fettle.testkit.TinyProject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A program that fails: run once for the exception, then its drafts are compiled and run against
 * the same program and a repaired one.
 */
final class Scenario {
  private final Path directory;
  private final List<String> sources = new ArrayList<>();
  private List<String> libraries =
      List.of(
          "junit-jupiter-api", "opentest4j", "apiguardian", "mockito", "byte-buddy", "objenesis");
  private UnaryOperator<CapturedException> distortion = e -> e;
  private String driver = "";
  private Request request;
  private SourcePlace leak;
  private TinyProject project;
  private Incident incident;
  private List<TestDraft> drafts;
  private TestDraft reproducing;

  private Scenario(Path directory) {
    this.directory = directory;
  }

  static Scenario in(Path directory) {
    return new Scenario(directory);
  }

  /** Adds a source of package {@code shop}. */
  Scenario source(String text) {
    sources.add("package shop;\n" + text);
    return this;
  }

  /** Takes libraries away, by the beginning of a jar's name. */
  Scenario without(String library) {
    libraries = libraries.stream().filter(l -> !l.equals(library)).toList();
    return this;
  }

  /** Gives the project further libraries, by the beginning of a jar's name. */
  Scenario with(String... further) {
    libraries = Stream.concat(libraries.stream(), Stream.of(further)).toList();
    return this;
  }

  /** Changes what was captured, as a limit of capture would. */
  Scenario capturedAs(UnaryOperator<CapturedException> change) {
    distortion = change;
    return this;
  }

  /** The request that the failing thread served. */
  Scenario serving(String method, String path) {
    request = new Request(method, path, null, Map.of(), 500);
    return this;
  }

  /** A method of package {@code shop} that diagnosis holds to keep what it takes. */
  Scenario leakedBy(String type, String method, String descriptor) {
    leak =
        new SourcePlace(
            "src/main/java/shop/" + type + ".java", "shop." + type, method, descriptor, 1, 0, 1);
    return this;
  }

  /** Statements that make the program fail. */
  Scenario fails(String statements) {
    driver =
        "package shop;\nimport java.util.*;\npublic class Driver {\n"
            + "  public static void main(String[] arguments) throws Exception {\n"
            + statements
            + "\n  }\n}\n";
    project = compiled(directory.resolve("failing"), sources);
    incident =
        served(project.incident(distortion.apply(GenuineFailure.of(project, "shop.Driver"))));
    try (Stream<TestDraft> all =
        new JavaReproducer().drafts(incident, diagnosis(), project.tree(), project.model())) {
      drafts = all.toList();
    }
    return this;
  }

  /** Like {@link #fails} by calling a static method, but only the trace is captured. */
  Scenario failsByTrace(String className, String method, Object... arguments) {
    project = compiled(directory.resolve("failing"), sources);
    incident = served(project.incident(project.failure(className, method, arguments)));
    try (Stream<TestDraft> all =
        new JavaReproducer().drafts(incident, diagnosis(), project.tree(), project.model())) {
      drafts = all.toList();
    }
    return this;
  }

  private Incident served(Incident i) {
    Signal s = i.sample();
    Signal with =
        new Signal(
            s.id(),
            s.kind(),
            s.origin(),
            s.trust(),
            s.thrownAt(),
            s.thread(),
            s.exception(),
            request,
            s.reason(),
            s.repeats());
    return new Incident(
        i.id(), i.fingerprint(), i.title(), i.firstSeen(), i.lastSeen(), i.count(), with);
  }

  private TinyProject compiled(Path root, List<String> texts) {
    TinyProject made = TinyProject.in(root);
    texts.forEach(made::source);
    DraftRun.libraries().stream().filter(this::used).forEach(made::library);
    return (driver.isEmpty() ? made : made.test(driver)).compile();
  }

  private boolean used(Path jar) {
    return libraries.stream().anyMatch(l -> jar.getFileName().toString().startsWith(l));
  }

  List<TestDraft> drafts() {
    return drafts;
  }

  /** Claims that every draft compiles and one of the rung fails as the program did. */
  Scenario reproducedBy(TestDraft.Rung rung) {
    for (TestDraft d : drafts) {
      assertThat(DraftRun.errors(d, project)).as("javac on%n%s", d.text()).isEmpty();
    }
    assertThat(drafts).as("%s", incident.exception()).isNotEmpty();
    StringBuilder tried = new StringBuilder();
    for (TestDraft draft : drafts) {
      TestResult result = DraftRun.run(draft, project);
      if (draft.rung() == rung && SameFailure.matches(incident, diagnosis(), result)) {
        reproducing = draft;
        return this;
      }
      tried.append(result).append('\n').append(draft.text()).append(draft.notes()).append('\n');
    }
    throw new AssertionError(tried + "of " + incident.exception());
  }

  /** Claims that the reproducing draft passes when one source text is exchanged. */
  Scenario passesWith(String before, String after) {
    assertThat(sources).anyMatch(s -> s.contains(before));
    List<String> repaired = sources.stream().map(s -> s.replace(before, after)).toList();
    TinyProject other = compiled(directory.resolve("repaired" + after.hashCode()), repaired);
    TestDraft draft = reproducing;
    assertThat(DraftRun.errors(draft, other)).isEmpty();
    TestResult result = DraftRun.run(draft, other);
    assertThat(result.status())
        .as("%s%n%s", result, draft.text())
        .isEqualTo(TestResult.Status.PASSED);
    return this;
  }

  /** Claims that the draft still fails when a repair only moves the failure. */
  Scenario failsStillWith(String before, String after) {
    List<String> changed = sources.stream().map(s -> s.replace(before, after)).toList();
    TinyProject other = compiled(directory.resolve("changed"), changed);
    TestDraft draft = reproducing;
    assertThat(DraftRun.errors(draft, other)).isEmpty();
    assertThat(DraftRun.run(draft, other).status()).isEqualTo(TestResult.Status.FAILED);
    return this;
  }

  InputCensus census() {
    return InputCensus.of(incident, project.model());
  }

  Incident incident() {
    return incident;
  }

  Diagnosis diagnosis() {
    CapturedFrame top = Failure.of(incident.exception()).orElseThrow().frame(0);
    SourcePlace place =
        new SourcePlace(
            "src/main/java/shop/X.java",
            top.className(),
            top.method(),
            top.descriptor(),
            Math.max(1, top.line()),
            0,
            1);
    return new Diagnosis(
        incident.id(), FaultClass.OTHER, null, suspects(place), "it threw", List.of(), true, null);
  }

  private List<Suspect> suspects(SourcePlace failed) {
    Suspect threw =
        new Suspect(failed, leak == null ? 1 : 0.5, Suspect.Role.FAILED, List.of("threw"));
    return leak == null
        ? List.of(threw)
        : List.of(new Suspect(leak, 0.9, Suspect.Role.LEAK, List.of("never closes it")), threw);
  }
}
