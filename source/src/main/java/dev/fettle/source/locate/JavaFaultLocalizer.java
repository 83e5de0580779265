package dev.fettle.source.locate;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import dev.fettle.contract.model.Analysis;
import dev.fettle.contract.model.CapturedException;
import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.contract.model.Diagnosis;
import dev.fettle.contract.model.FailingExpression;
import dev.fettle.contract.model.FaultClass;
import dev.fettle.contract.model.Incident;
import dev.fettle.contract.model.ProjectModel;
import dev.fettle.contract.model.SourcePlace;
import dev.fettle.contract.model.Suspect;
import dev.fettle.contract.model.Undiagnosed;
import dev.fettle.contract.spi.FaultLocalizer;
import dev.fettle.contract.spi.SourceTree;
import dev.fettle.source.java.Focus;
import dev.fettle.source.java.JavaProject;
import dev.fettle.source.java.JavaSources;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Diagnoses incidents of Java code from captured frames and source. Thread-safe. */
public final class JavaFaultLocalizer implements FaultLocalizer {
  /** Compilations after which further ones are hardly faster. */
  private static final int WARMING_FILES = 30;

  private final JavaSources sources;

  public JavaFaultLocalizer(JavaSources sources) {
    this.sources = sources;
  }

  /**
   * Opens some of the project's files, so that the first diagnosis need not load the compiler and
   * the project's libraries. Takes a few seconds at most.
   */
  public void warm(SourceTree tree, ProjectModel model) {
    JavaProject project = sources.project(tree, model);
    List<String> paths = project.index().mainFiles();
    int step = Math.max(1, paths.size() / WARMING_FILES);
    for (int i = 0; i < WARMING_FILES && !paths.isEmpty(); i++) {
      project.file(paths.get(i * step % paths.size()), Focus.everything());
    }
  }

  @Override
  public Analysis localize(Incident incident, SourceTree tree, ProjectModel model) {
    JavaProject project = sources.project(tree, model);
    CapturedException thrown = diagnosable(incident.exception(), project);
    Optional<CapturedFrame> top = thrown.topApplicationFrame();
    if (top.isEmpty()) {
      return new Undiagnosed("no frame of " + thrown.type() + " is in the application's own code");
    }
    if (project.index().declaring(top.get().className()).isEmpty()) {
      Optional<Diagnosis> foreign = foreign(incident, thrown, top.get(), project);
      if (foreign.isPresent()) {
        return foreign.get();
      }
    }
    Scene scene = new Scene(project, thrown);
    if (scene.sites().isEmpty()) {
      return new Undiagnosed(
          "the repository has no source of "
              + top.get().display()
              + "; is it the repository of this service, at the revision that runs?");
    }
    return diagnose(incident, scene);
  }

  /** The deepest throwable of the chain that passed through code of the repository. */
  private static CapturedException diagnosable(CapturedException exception, JavaProject project) {
    CapturedException deepest = exception;
    boolean found = false;
    for (CapturedException e = exception; e != null; e = e.cause()) {
      boolean known =
          e.applicationFrames().stream()
              .anyMatch(f -> project.index().declaring(f.className()).isPresent());
      if (known || (!found && e.topApplicationFrame().isPresent())) {
        deepest = e;
        found |= known;
      }
    }
    return deepest;
  }

  private static Optional<Diagnosis> foreign(
      Incident incident, CapturedException thrown, CapturedFrame frame, JavaProject project) {
    String file = frame.file() == null ? "" : frame.file();
    String language =
        file.endsWith(".kt")
            ? "Kotlin"
            : file.endsWith(".groovy") ? "Groovy" : file.endsWith(".scala") ? "Scala" : "";
    return project
        .index()
        .foreign(file)
        .filter(p -> !language.isEmpty())
        .map(
            path ->
                new Diagnosis(
                    incident.id(),
                    FaultClassifier.classify(thrown, null),
                    null,
                    List.of(
                        new Suspect(
                            new SourcePlace(
                                path,
                                frame.className(),
                                frame.method(),
                                frame.descriptor(),
                                Math.max(1, frame.line()),
                                0,
                                0),
                            0.5,
                            Suspect.Role.FAILED,
                            List.of("This line threw " + thrown.type() + "."))),
                    frame.display() + " threw " + thrown.type() + said(thrown) + ".",
                    List.of(),
                    false,
                    language + " sources are diagnosed by their trace only, not repaired"));
  }

  private Diagnosis diagnose(Incident incident, Scene scene) {
    CapturedException thrown = scene.exception();
    Site site = scene.sites().get(0);
    boolean exhausted = FaultClassifier.exhausted(incident.exception());
    FaultClass fault =
        exhausted ? FaultClass.RESOURCE_LEAK : FaultClassifier.classify(thrown, site);
    String limitation = limitation(site, scene.project());
    Optional<Found> found =
        limitation == null ? new FailingExpressions(site, thrown).find(fault) : Optional.empty();
    Tree failed = found.<Tree>map(Found::whole).orElseGet(() -> statement(site));
    List<Finding> findings = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    if (limitation == null) {
      gather(incident, scene, site, fault, found.orElse(null), findings, notes);
    }
    String sentence = found.map(Found::sentence).orElse("this statement threw");
    Suspects suspects = new Suspects();
    suspects.add(
        new Finding(
            site.file(),
            failed,
            Suspect.Role.FAILED,
            0.7,
            "It threw " + thrown.type() + ": " + sentence + "."));
    notes.forEach(n -> suspects.note(site.file(), failed, n));
    findings.forEach(suspects::add);
    return new Diagnosis(
        incident.id(),
        fault,
        found.map(f -> expression(site, f)).orElse(null),
        suspects.ranked(),
        rootCause(scene, site, fault, sentence, findings),
        List.of(),
        limitation == null,
        limitation);
  }

  /** Adds what explains the fault to {@code findings} and {@code notes}. */
  private static void gather(
      Incident incident,
      Scene scene,
      Site site,
      FaultClass fault,
      @Nullable Found found,
      List<Finding> findings,
      List<String> notes) {
    switch (fault) {
      case RESOURCE_LEAK -> {
        findings.addAll(new LeakSearch(scene, incident.exception()).run());
        return;
      }
      case UNBOUNDED_RECURSION -> {
        findings.addAll(cycle(scene));
        return;
      }
      case MISSING_CASE ->
          FaultClassifier.switchAround(site)
              .ifPresent(
                  s ->
                      findings.add(
                          new Finding(
                              site.file(),
                              s,
                              Suspect.Role.PRODUCER,
                              0.85,
                              "no case of this switch handles the value that came")));
      case CONCURRENT_MODIFICATION -> {
        if (found != null && found.culprit() != null) {
          findings.addAll(new CollectionChanges(scene).during(site, found.culprit()));
        }
        return;
      }
      default -> {}
    }
    Optional<Refusal> refusal = Refusal.at(site);
    if (refusal.isPresent()) {
      refused(scene, site, refusal.get(), fault, findings, notes);
    } else if (found != null && found.culprit() != null) {
      Slice slice = new Slice(scene, wanted(fault));
      findings.addAll(slice.of(site, found.culprit()));
      notes.addAll(slice.notes());
    }
  }

  private static Wanted wanted(FaultClass fault) {
    return switch (fault) {
      case NULL_DEREFERENCE, NULL_UNBOXING -> Wanted.NULL;
      case UNSUPPORTED_OPERATION -> Wanted.IMMUTABLE;
      default -> Wanted.ANY;
    };
  }

  /** The program refused on purpose: who passed what it refuses is the prime suspect. */
  private static void refused(
      Scene scene,
      Site site,
      Refusal refusal,
      FaultClass fault,
      List<Finding> findings,
      List<String> notes) {
    for (IdentifierTree name : refusal.read()) {
      Slice slice = new Slice(scene, Wanted.ANY);
      List<Finding> traced = slice.of(site, name);
      notes.addAll(slice.notes());
      for (Finding f : traced) {
        boolean caller = f.role() == Suspect.Role.CALLER && fault != FaultClass.MISSING_CASE;
        findings.add(caller ? new Finding(f.file(), f.tree(), f.role(), 0.9, f.evidence()) : f);
      }
    }
  }

  private static List<Finding> cycle(Scene scene) {
    List<CapturedFrame> cycle = Recursion.cycle(scene.exception());
    List<Finding> findings = new ArrayList<>();
    for (CapturedFrame frame : cycle) {
      scene.sites().stream()
          .filter(s -> s.frame().equals(frame))
          .findFirst()
          .ifPresent(
              s -> {
                Tree call =
                    s.expressions().stream()
                        .filter(e -> cycle.stream().anyMatch(f -> FailingExpressions.enters(e, f)))
                        .<Tree>map(e -> e)
                        .findFirst()
                        .orElseGet(() -> statement(s));
                findings.add(
                    new Finding(
                        s.file(),
                        call,
                        Suspect.Role.PRODUCER,
                        0.85,
                        s.method().display()
                            + (cycle.size() == 1
                                ? " calls itself here and nothing stops it"
                                : " calls on around a cycle of "
                                    + cycle.size()
                                    + " calls that nothing stops")));
              });
    }
    return findings;
  }

  /** Why the source cannot be the code that ran; null when it may be. */
  private static @Nullable String limitation(Site site, JavaProject project) {
    CapturedFrame f = site.frame();
    boolean covered = site.consistent();
    boolean statement =
        !(site.method().body() instanceof BlockTree)
            || f.line() <= 0
            || f.line() == site.method().firstLine()
            || !site.statements().isEmpty();
    if (!covered || !statement) {
      return "source differs from what runs: line "
          + f.line()
          + " of "
          + site.file().path()
          + (covered ? " holds no statement" : " is not inside " + site.method().display());
    }
    Set<Integer> lines =
        f.method().startsWith("lambda$") // numbered by the compiler as it likes
            ? Set.of()
            : project.lines(f.className(), f.method(), f.descriptor());
    return lines.isEmpty() || f.line() <= 0 || lines.contains(f.line())
        ? null
        : "source differs from what runs: "
            + site.method().display()
            + " as built from this revision has no code on line "
            + f.line();
  }

  private static Tree statement(Site site) {
    List<StatementTree> statements = site.consistent() ? site.statements() : List.of();
    return statements.isEmpty() ? site.method().tree() : statements.get(0);
  }

  private static FailingExpression expression(Site site, Found found) {
    ExpressionTree culprit = found.culprit();
    return new FailingExpression(
        site.file().place(found.whole()),
        site.file().source(found.whole()),
        culprit == null ? null : site.file().source(culprit),
        culprit == null ? null : site.file().place(culprit));
  }

  private static String rootCause(
      Scene scene, Site site, FaultClass fault, String sentence, List<Finding> findings) {
    String where =
        site.file().path().substring(site.file().path().lastIndexOf('/') + 1)
            + ":"
            + site.frame().line();
    String first =
        switch (fault) {
          case RESOURCE_LEAK -> site.method().display() + " got no resource: " + firstLine(scene);
          case UNBOUNDED_RECURSION -> site.method().display() + " recursed until the stack ended";
          default -> "In " + site.method().display() + " (" + where + ") " + sentence;
        };
    return findings.stream()
        .max(java.util.Comparator.comparingDouble(Finding::score))
        .map(f -> first + "; " + f.evidence() + " (" + f.file().place(f.tree()).display() + ").")
        .orElse(first + ".");
  }

  private static String firstLine(Scene scene) {
    String message = scene.exception().message();
    String line =
        message == null ? scene.exception().type() : message.lines().findFirst().orElse("");
    String clean = line.replaceAll("\\p{Cntrl}", " ");
    return clean.length() > 160 ? clean.substring(0, 157) + "..." : clean;
  }

  private static String said(CapturedException e) {
    String message = e.message();
    return message == null || message.isBlank()
        ? ""
        : ": " + message.lines().findFirst().orElse("").replaceAll("\\p{Cntrl}", " ");
  }
}
