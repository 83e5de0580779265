package dev.fettle.source.reproduce;

import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.contract.model.Diagnosis;
import dev.fettle.contract.model.Incident;
import dev.fettle.contract.model.ProjectModel;
import dev.fettle.contract.model.TestDraft;
import dev.fettle.contract.spi.Reproducer;
import dev.fettle.contract.spi.SourceTree;
import java.nio.file.Files;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Writes tests that enter the program at a captured frame, innermost first: the ladder of pure
 * frame, bean with stubs, caller. Stateless and thread-safe; a stream is confined to the thread
 * that draws it and releases its class files when closed or collected.
 */
public final class JavaReproducer implements Reproducer {
  private static final int MAX_DRAFTS = 8;

  @Override
  public Stream<TestDraft> drafts(
      Incident incident, Diagnosis diagnosis, SourceTree tree, ProjectModel project) {
    Optional<Failure> failure = Failure.of(incident.exception());
    return failure.map(f -> drafts(incident, f, tree, project)).orElseGet(Stream::empty);
  }

  private static Stream<TestDraft> drafts(
      Incident incident, Failure failure, SourceTree tree, ProjectModel project) {
    ClassPools pools = new ClassPools(project);
    return IntStream.range(0, failure.depth())
        .boxed()
        .flatMap(depth -> entering(incident, failure, depth, tree, project, pools))
        .limit(MAX_DRAFTS)
        .onClose(pools::close);
  }

  private static Stream<TestDraft> entering(
      Incident incident,
      Failure failure,
      int depth,
      SourceTree tree,
      ProjectModel project,
      ClassPools pools) {
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
    Optional<TestDraft> seen =
        new DraftWriter(incident, failure, module.get(), classes, style.get(), "").enter(depth);
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
