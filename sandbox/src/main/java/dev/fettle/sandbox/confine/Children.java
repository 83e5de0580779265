package dev.fettle.sandbox.confine;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Starts confined children. All are forked by one platform thread that lives as long as this:
 * bubblewrap's {@code --die-with-parent} is tied to the thread that forked. Thread-safe.
 */
public final class Children implements AutoCloseable {
  private static final String MARK = "FETTLE_CHILD";

  private final Confinement confinement;
  private final List<Path> libraries;
  private final Set<Child> living = ConcurrentHashMap.newKeySet();
  private final ExecutorService spawner =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "fettle-spawner");
            thread.setDaemon(true);
            return thread;
          });

  public Children(Confinement confinement) {
    this(confinement, List.of());
  }

  /**
   * @param libraries directories whose files any child may be shown
   */
  public Children(Confinement confinement, List<Path> libraries) {
    this.confinement = confinement;
    this.libraries = List.copyOf(libraries);
  }

  /** Directories whose files any child may be shown; all where nothing is confined. */
  public List<Path> libraries() {
    return confinement.isolates() ? libraries : List.of(Path.of("/"));
  }

  public Confinement confinement() {
    return confinement;
  }

  /** Starts it; the caller closes it. */
  public Child start(Room room) throws IOException {
    String mark = UUID.randomUUID().toString();
    ProcessBuilder builder = new ProcessBuilder(wrapped(room));
    builder.redirectErrorStream(true);
    builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    builder.directory(room.directory().toFile());
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.putAll(confinement.environment(room));
    environment.put(MARK, mark);
    Child child = new Child(spawn(builder), mark);
    living.removeIf(c -> !c.isAlive());
    living.add(child);
    return child;
  }

  private List<String> wrapped(Room room) throws IOException {
    try {
      return confinement.wrap(room);
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private Process spawn(ProcessBuilder builder) throws IOException {
    CompletableFuture<Process> started =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return builder.start();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            spawner);
    try {
      return started.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UncheckedIOException io) {
        throw io.getCause();
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      var orphan = started.thenAccept(Process::destroyForcibly);
      assert orphan != null;
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while starting a child", e);
    }
  }

  /** How a finished child ended. {@code output} is the tail of what it wrote. */
  public record Ended(boolean inTime, int exitCode, String output) {
    public boolean passed() {
      return inTime && exitCode == 0;
    }
  }

  /** Runs it to its end, or kills it at the timeout. */
  public Ended execute(Room room, Duration timeout) throws IOException {
    try (Child child = start(room)) {
      boolean inTime = child.await(timeout);
      int exitCode = inTime ? child.exitCode() : -1;
      if (!inTime) {
        child.kill();
      }
      return new Ended(inTime, exitCode, child.output());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a child ran", e);
    }
  }

  /** Kills all children. */
  @Override
  public void close() {
    living.forEach(Child::kill);
    spawner.shutdownNow();
  }
}
