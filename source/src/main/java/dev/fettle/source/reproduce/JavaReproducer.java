package dev.fettle.source.reproduce;

import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.contract.model.Diagnosis;
import dev.fettle.contract.model.Incident;
import dev.fettle.contract.model.ProjectModel;
import dev.fettle.contract.model.Request;
import dev.fettle.contract.model.SourcePlace;
import dev.fettle.contract.model.Suspect;
import dev.fettle.contract.model.TestDraft;
import dev.fettle.contract.spi.Reproducer;
import dev.fettle.contract.spi.SourceTree;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.objectweb.asm.Opcodes;

/**
 * Writes tests that enter the program at a captured frame, innermost first: the ladder of pure
 * frame, bean with stubs, caller, request. Stateless and thread-safe; a stream is confined to the
 * thread that draws it and releases its class files when closed or collected.
 */
public final class JavaReproducer implements Reproducer {
  private static final int MAX_DRAFTS = 8;
  private static final int MAX_LEAKS = 3;

  @Override
  public Stream<TestDraft> drafts(
      Incident incident, Diagnosis diagnosis, SourceTree tree, ProjectModel project) {
    Optional<Failure> failure = Failure.of(incident.exception());
    return failure.map(f -> drafts(incident, f, diagnosis, tree, project)).orElseGet(Stream::empty);
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
      Incident incident,
      Failure failure,
      Diagnosis diagnosis,
      SourceTree tree,
      ProjectModel project) {
    int origin = origin(failure, diagnosis);
    ClassPools pools = new ClassPools(project);
    Stream<TestDraft> drained =
        diagnosis.suspects().stream()
            .filter(s -> s.role() == Suspect.Role.LEAK)
            .limit(MAX_LEAKS)
            .flatMap(s -> draining(incident, failure, s, tree, project, pools).stream());
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
    Stream<TestDraft> entrances =
        Stream.of(failure).flatMap(f -> entrance(incident, f, tree, project, pools).stream());
    return Stream.of(drained, calls, requests, entrances).flatMap(s -> s).onClose(pools::close);
  }

  /**
   * The request sent to the controller that serves it, where the frames do not reach so far out:
   * the trace of a stack overflow keeps the innermost only.
   */
  private static Optional<TestDraft> entrance(
      Incident incident, Failure failure, SourceTree tree, ProjectModel project, ClassPools pools) {
    Request sent = incident.sample().request();
    boolean cut = failure.thrown().type().equals(StackOverflowError.class.getName());
    if (sent == null || !cut) {
      return Optional.empty();
    }
    for (ProjectModel.Module module : project.modules()) {
      ClassPool classes = pools.of(module);
      Optional<CapturedFrame> controller =
          RequestMappings.of(sent.method(), sent.path(), classes)
              .map(JavaReproducer::frame)
              .filter(f -> owner(f, project).equals(Optional.of(module)));
      Optional<TestStyle> style =
          controller.flatMap(f -> TestStyle.of(project, module, tree, classes));
      if (controller.isPresent() && style.isPresent()) {
        Failure entered = failure.enteredBy(controller.get());
        DraftWriter writer =
            new DraftWriter(
                incident, entered, module, classes, style.get(), DraftWriter.Variant.FRESH);
        return writer.request(entered.depth() - 1);
      }
    }
    return Optional.empty();
  }

  /**
   * Calls the method that leaks until a pool has nothing left: whoever needed a resource in the
   * incident was the victim, not the cause.
   */
  private static Optional<TestDraft> draining(
      Incident incident,
      Failure failure,
      Suspect leak,
      SourceTree tree,
      ProjectModel project,
      ClassPools pools) {
    SourcePlace place = leak.place();
    CapturedFrame frame =
        new CapturedFrame(
            place.className(),
            place.method(),
            place.descriptor(),
            null,
            place.line(),
            true,
            null,
            List.of());
    Optional<ProjectModel.Module> module = owner(frame, project);
    if (module.isEmpty()) {
      return Optional.empty();
    }
    ClassPool classes = pools.of(module.get());
    Failure entered = failure.enteredBy(frame);
    return TestStyle.of(project, module.get(), tree, classes)
        .flatMap(
            style ->
                new DraftWriter(
                        incident,
                        entered,
                        module.get(),
                        classes,
                        style,
                        DraftWriter.Variant.DRAINED)
                    .enter(entered.depth() - 1));
  }

  private static CapturedFrame frame(RequestMappings.Served served) {
    return new CapturedFrame(
        served.controller().name.replace('/', '.'),
        served.method().name,
        served.method().desc,
        null,
        -1,
        true,
        null,
        List.of());
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
    if (style.isEmpty() || constantByName(frame, classes)) {
      return Stream.empty();
    }
    DraftWriter writer =
        new DraftWriter(
            incident, failure, module.get(), classes, style.get(), DraftWriter.Variant.SEEN);
    if (request) {
      return writer.request(depth).stream();
    }
    Optional<TestDraft> seen = writer.enter(depth);
    Optional<TestDraft> undone =
        LoopMutation.undone(failure, classes)
            .flatMap(
                f ->
                    new DraftWriter(
                            incident,
                            f,
                            module.get(),
                            classes,
                            style.get(),
                            DraftWriter.Variant.REFILLED)
                        .enter(depth));
    Stream<TestDraft> further =
        Stream.of(DraftWriter.Variant.FRESH, DraftWriter.Variant.LAST_CONSTANTS)
            .map(v -> new DraftWriter(incident, failure, module.get(), classes, style.get(), v))
            .flatMap(w -> w.enter(depth).stream());
    return Stream.concat(Stream.of(seen, undone).flatMap(Optional::stream), further);
  }

  /**
   * What javac writes into every enum: no repair is possible in it, so a test enters further out.
   */
  private static boolean constantByName(CapturedFrame frame, ClassPool classes) {
    String internal = frame.className().replace('.', '/');
    return frame.method().equals("valueOf")
        && frame.descriptor().equals("(Ljava/lang/String;)L" + internal + ";")
        && classes.find(internal).map(c -> (c.access & Opcodes.ACC_ENUM) != 0).orElse(false);
  }

  /** The module whose build made the class. */
  private static Optional<ProjectModel.Module> owner(CapturedFrame frame, ProjectModel project) {
    String file = Proxies.target(frame.className()).replace('.', '/') + ".class";
    return project.modules().stream()
        .filter(m -> Files.isRegularFile(m.mainOutput().resolve(file)))
        .findFirst();
  }
}
