package dev.fettle.cli.repair;

import dev.fettle.contract.model.CapturedException;
import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.contract.model.Diagnosis;
import dev.fettle.contract.model.FaultClass;
import dev.fettle.contract.model.Fingerprint;
import dev.fettle.contract.model.Incident;
import dev.fettle.contract.model.IncidentId;
import dev.fettle.contract.model.Origin;
import dev.fettle.contract.model.ProjectModel;
import dev.fettle.contract.model.Signal;
import dev.fettle.contract.model.SourcePlace;
import dev.fettle.contract.model.Suspect;
import dev.fettle.contract.model.TestDraft;
import dev.fettle.contract.model.TrustTier;
import dev.fettle.contract.spi.RepairCase;
import dev.fettle.contract.spi.SourceTree;
import dev.fettle.sandbox.ProjectTests;
import dev.fettle.source.java.JavaFile;
import dev.fettle.source.java.JavaProject;
import dev.fettle.source.java.MethodNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** Failing tests of a build as a repair case: what a generator is told. */
final class FailingCase {
  private static final int SUSPECTS = 6;
  private static final int APART = 8;
  private static final int WHOLE_TEST = 4_000;

  private final Search.Target target;
  private final SourceTree tree;
  private final ProjectModel project;
  private final JavaProject sources;

  private FailingCase(
      Search.Target target, SourceTree tree, ProjectModel project, JavaProject sources) {
    this.target = target;
    this.tree = tree;
    this.project = project;
    this.sources = sources;
  }

  /**
   * Of a target with at least one failing test and one suspect.
   *
   * @param sources confined to the calling thread
   */
  static RepairCase of(
      Search.Target target, SourceTree tree, ProjectModel project, JavaProject sources) {
    return new FailingCase(target, tree, project, sources).repairCase();
  }

  private RepairCase repairCase() {
    ProjectTests.OneTest first = target.failing().get(0);
    CapturedException seen =
        first
            .result()
            .failure()
            .orElseGet(
                () ->
                    new CapturedException(
                        "java.lang.AssertionError", "the test does not end", List.of(), null));
    Instant at = Instant.EPOCH;
    Signal signal =
        new Signal(
            "test",
            Signal.Kind.TEST,
            new Origin("project", "test", null, null, null, "build"),
            TrustTier.AUTHENTICATED,
            at,
            "main",
            seen,
            null,
            "a test fails",
            1);
    Incident incident =
        new Incident(
            new IncidentId(
                "inc-" + Integer.toHexString(first.result().name().hashCode() | 0x1000000)),
            new Fingerprint(List.of("test"), "test-1"),
            first.result().name(),
            at,
            at,
            1,
            signal);
    String cause =
        target.failing().size()
            + " failing tests: "
            + target.failing().stream()
                .limit(5)
                .map(t -> t.result().name())
                .collect(Collectors.joining(", "));
    Diagnosis diagnosis =
        new Diagnosis(
            incident.id(),
            FaultClass.OTHER,
            null,
            suspects(seen.root()),
            cause,
            List.of(),
            true,
            null);
    return new RepairCase(incident, diagnosis, tree, project, draft(first));
  }

  /** The most suspicious lines that lie apart, so that each shows another place. */
  private List<Suspect> suspects(CapturedException thrown) {
    List<Suspect> suspects = new ArrayList<>();
    for (Localization.Suspicion one : target.suspects()) {
      boolean near =
          suspects.stream()
              .map(Suspect::place)
              .anyMatch(
                  p -> p.path().equals(one.path()) && Math.abs(p.line() - one.line()) < APART);
      if (!near && suspects.size() < SUSPECTS) {
        suspects.add(suspect(one, thrown));
      }
    }
    return suspects;
  }

  private Suspect suspect(Localization.Suspicion one, CapturedException thrown) {
    List<String> types = sources.index().types(one.path());
    Optional<CapturedFrame> frame =
        thrown.frames().stream()
            .filter(f -> f.line() == one.line())
            .filter(
                f ->
                    sources.index().declaring(f.className()).filter(one.path()::equals).isPresent())
            .findFirst();
    SourcePlace place =
        new SourcePlace(
            one.path(),
            types.isEmpty() ? "" : types.get(0),
            frame.map(CapturedFrame::method).orElse(""),
            "",
            one.line(),
            0,
            0);
    return new Suspect(
        place,
        one.score(),
        frame.isPresent() ? Suspect.Role.FAILED : Suspect.Role.CALLER,
        List.of(
            frame.isPresent() ? "It threw." : "Failing tests run this line more than others do."));
  }

  private Optional<TestDraft> draft(ProjectTests.OneTest test) {
    String className = test.result().className().replaceAll("\\$.*", "");
    return sources
        .index()
        .declaring(className)
        .flatMap(
            path ->
                tree.text(path)
                    .map(
                        text ->
                            new TestDraft(
                                target.module().directory(),
                                path,
                                shown(path, text),
                                className,
                                List.of(test.result().method()),
                                TestDraft.Rung.EXISTING_TEST,
                                List.of())));
  }

  /** A long test class is shown as the methods that fail. */
  private String shown(String path, String text) {
    if (text.length() <= WHOLE_TEST) {
      return text;
    }
    Set<String> failing =
        target.failing().stream()
            .map(t -> t.result().method().replaceAll("[\\[({ ].*", ""))
            .collect(Collectors.toSet());
    List<String> lines = text.lines().toList();
    StringJoiner methods = new StringJoiner("\n");
    for (MethodNode method :
        sources.parsed(path).map(JavaFile::methods).orElse(List.<MethodNode>of())) {
      if (failing.stream().anyMatch(f -> method.display().matches(".*\\b" + quoted(f) + "\\b.*"))) {
        lines
            .subList(method.firstLine() - 1, Math.min(lines.size(), method.lastLine()))
            .forEach(methods::add);
      }
    }
    return methods.length() == 0 ? text : methods.toString();
  }

  private static String quoted(String name) {
    return java.util.regex.Pattern.quote(name);
  }
}
