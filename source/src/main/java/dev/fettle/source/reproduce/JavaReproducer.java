package dev.fettle.source.reproduce;

import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.contract.model.Diagnosis;
import dev.fettle.contract.model.Incident;
import dev.fettle.contract.model.ProjectModel;
import dev.fettle.contract.model.Suspect;
import dev.fettle.contract.model.TestDraft;
import dev.fettle.contract.spi.Reproducer;
import dev.fettle.contract.spi.SourceTree;
import java.nio.file.Files;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Writes tests that enter the program at a captured frame, innermost first: the ladder of pure
 * frame, bean with stubs, caller, request. Stateless and thread-safe; a stream is confined to the
 * thread that draws it and releases its class files when closed or collected.
 */
public final class JavaReproducer implements Reproducer {
  private static final int MAX_DRAFTS = 8;

  @Override
  public Stream<TestDraft> drafts(
      Incident incident, Diagnosis diagnosis, SourceTree tree, ProjectModel project) {
    Optional<Failure> failure = Failure.of(incident.exception());
    return failure
        .map(f -> drafts(incident, f, origin(f, diagnosis), tree, project))
        .orElseGet(Stream::empty);
  }

  /**
   * Where the bad value came into being, when it was handed to the method that failed: a test that
   * hands it over itself would not let a repair of the caller pass. 0 when that is not known.
   */
  private static int origin(Failure failure, Diagnosis diagnosis) {
    return IntStream.range(1, failure.depth())
        .filter(
            depth -> diagnosis.suspects().stream().anyMatch(s -> hands(s, failure.frame(depth))))
        .filter(depth -> !failure.frame(depth).className().endsWith("Controller"))
        .max()
        .orElse(0);
  }

  private static boolean hands(Suspect suspect, CapturedFrame frame) {
    return suspect.role() == Suspect.Role.CALLER
        && suspect.place().className().equals(Proxies.target(frame.className()))
        && suspect.place().method().equals(frame.method());
  }

  private static Stream<TestDraft> drafts(
      Incident incident, Failure failure, int origin, SourceTree tree, ProjectModel project) {
    ClassPools pools = new ClassPools(project);
    Stream<TestDraft> calls =
        IntStream.concat(
                origin > 0 ? IntStream.of(origin) : IntStream.empty(),
                IntStream.range(0, failure.depth()).filter(depth -> depth != origin || origin == 0))
            .boxed()
            .filter(depth -> !recursing(failure, depth))
            .flatMap(depth -> entering(incident, failure, depth, tree, project, pools, false))
            .limit(MAX_DRAFTS - 1);
    Stream<TestDraft> requests =
        IntStream.range(0, failure.depth())
            .boxed()
            .flatMap(depth -> entering(incident, failure, depth, tree, project, pools, true))
            .limit(1);
    return Stream.of(calls, requests).flatMap(s -> s).onClose(pools::close);
  }

  /** Whether a frame further in runs the same method. */
  private static boolean recursing(Failure failure, int depth) {
    CapturedFrame frame = failure.frame(depth);
    return IntStream.range(0, depth)
        .mapToObj(failure::frame)
        .anyMatch(
            f ->
                f.className().equals(frame.className())
                    && f.method().equals(frame.method())
                    && f.descriptor().equals(frame.descriptor()));
  }

  private static Stream<TestDraft> entering(
      Incident incident,
      Failure failure,
      int depth,
      SourceTree tree,
      ProjectModel project,
      ClassPools pools,
      boolean request) {
    CapturedFrame frame = failure.frame(depth);
    boolean java = frame.file() == null || frame.file().endsWith(".java");
    Optional<ProjectModel.Module> module = owner(frame, project);
    if (!java || module.isEmpty()) {
      return Stream.empty();
    }
    ClassPool classes = pools.of(module.get());
    Optional<TestStyle> style = TestStyle.of(project, module.get(), tree, classes);
    if (style.isEmpty()) {
      return Stream.empty();
    }
    DraftWriter writer = new DraftWriter(incident, failure, module.get(), classes, style.get(), "");
    if (request) {
      return writer.request(depth).stream();
    }
    Optional<TestDraft> seen = writer.enter(depth);
    Optional<TestDraft> undone =
        LoopMutation.undone(failure, classes)
            .flatMap(
                f ->
                    new DraftWriter(incident, f, module.get(), classes, style.get(), "Refilled")
                        .enter(depth));
    return Stream.of(seen, undone).flatMap(Optional::stream);
  }

  /** The module whose build made the class. */
  private static Optional<ProjectModel.Module> owner(CapturedFrame frame, ProjectModel project) {
    String file = Proxies.target(frame.className()).replace('.', '/') + ".class";
    return project.modules().stream()
        .filter(m -> Files.isRegularFile(m.mainOutput().resolve(file)))
        .findFirst();
  }
}
