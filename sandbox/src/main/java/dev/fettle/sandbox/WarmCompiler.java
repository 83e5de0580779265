package dev.fettle.sandbox;

import dev.fettle.contract.model.ProjectModel;
import dev.fettle.lab.protocol.Message;
import dev.fettle.sandbox.build.TreeCopy;
import dev.fettle.sandbox.confine.Children;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's compiler in one confined child that stays between compilations: a fresh one spends a
 * second of CPU before it reads anything. Ended when another class path is asked for, after {@value
 * #MOST} compilations, after a minute without one, and when one takes too long. Nothing that is
 * compiled runs. Thread-safe; one compilation at a time.
 */
public final class WarmCompiler implements AutoCloseable {
  private static final int MOST = 200;
  private static final long IDLE_SECONDS = 60;

  private final Children children;
  private final Path labJar;
  private final Path data;
  private final Path jdk;
  private final int release;
  private final ScheduledExecutorService watchdog =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "fettle-compiler-watchdog");
            thread.setDaemon(true);
            return thread;
          });
  private @Nullable Warm warm;
  private @Nullable ScheduledFuture<?> idle;

  private record Warm(Worker worker, List<Path> classPath, Path root, int[] compiled) {}

  /** What a compilation came to. */
  public sealed interface Outcome {
    /** Class files by binary name. */
    record Classes(Map<String, byte[]> files) implements Outcome {}

    /** Why there are none, in words. */
    record Nothing(String reason) implements Outcome {}
  }

  /**
   * A compiler whose child is started by the first compilation.
   *
   * @param data a directory that exists
   * @param release of the language and the JDK's API
   */
  public WarmCompiler(Children children, Path data, Path jdk, int release) throws IOException {
    this.children = children;
    this.data = data;
    this.jdk = jdk;
    this.release = release;
    this.labJar = LabJar.locate(data);
  }

  /**
   * Compiles one source, without annotation processors.
   *
   * @param path of the source, as messages name it
   * @param shown class files that come before the class path, by binary name
   * @param limit then the child is killed
   */
  public synchronized Outcome compile(
      String path, String source, Map<String, byte[]> shown, List<Path> classPath, Duration limit)
      throws IOException {
    ScheduledFuture<?> waiting = idle;
    if (waiting != null) {
      waiting.cancel(false);
    }
    try {
      Warm ready = warm(classPath);
      ready.compiled()[0]++;
      Message.Compile request =
          new Message.Compile(
              List.of(new Message.Source(path, source)),
              List.of(),
              shown.entrySet().stream()
                  .map(e -> new Message.ClassBytes(e.getKey(), e.getValue()))
                  .toList());
      Message answer = ready.worker().ask(request, limit, event -> {});
      if (answer instanceof Message.Compiled compiled) {
        Map<String, byte[]> files = new java.util.HashMap<>();
        compiled.main().forEach(c -> files.put(c.name(), c.bytes()));
        return new Outcome.Classes(files);
      }
      return new Outcome.Nothing(
          answer instanceof Message.Refused refused ? refused.diagnostics() : answer.toString());
    } catch (Worker.Lost lost) {
      end();
      return new Outcome.Nothing(
          lost.timedOut()
              ? "not compiled in " + limit.toSeconds() + " s"
              : "the compiler ended: " + lost.getMessage());
    } finally {
      if (!watchdog.isShutdown()) {
        idle = watchdog.schedule(this::end, IDLE_SECONDS, TimeUnit.SECONDS);
      }
    }
  }

  private Warm warm(List<Path> classPath) throws IOException, Worker.Lost {
    Warm known = warm;
    if (known != null
        && known.worker().usable()
        && known.compiled()[0] < MOST
        && known.classPath().equals(classPath)) {
      return known;
    }
    end();
    Path root = Files.createTempDirectory(data, "snippet");
    ProjectModel.Module module = module(root, classPath);
    ProjectModel project =
        new ProjectModel(root, ProjectModel.BuildTool.PLAIN, jdk, List.of(module));
    Warm fresh =
        new Warm(
            Worker.start(children, labJar, project, module, watchdog),
            List.copyOf(classPath),
            root,
            new int[1]);
    warm = fresh;
    return fresh;
  }

  private ProjectModel.Module module(Path root, List<Path> classPath) {
    ProjectModel.TestSettings small =
        new ProjectModel.TestSettings(
            List.of("-Xmx256m"), List.of(), List.of(), List.of(), List.of(), "", "");
    return new ProjectModel.Module(
        "snippet",
        "",
        List.of(),
        List.of(),
        root.resolve("out"),
        root.resolve("test-out"),
        classPath,
        List.of(),
        List.of(),
        release,
        List.of("-proc:none", "-g:none", "-XDstringConcat=inline"),
        small);
  }

  private synchronized void end() {
    Warm done = warm;
    warm = null;
    if (done != null) {
      done.worker().close();
      try {
        TreeCopy.delete(done.root());
      } catch (IOException leftBehind) {
        // an empty directory of a dead child
      }
    }
  }

  /** Whether a child waits for the next compilation. */
  public synchronized boolean isWarm() {
    return Optional.ofNullable(warm).filter(w -> w.worker().usable()).isPresent();
  }

  @Override
  public void close() {
    watchdog.shutdownNow();
    end();
  }
}
