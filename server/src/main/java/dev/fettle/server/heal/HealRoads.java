package dev.fettle.server.heal;

import dev.fettle.contract.model.HealPolicy;
import dev.fettle.llm.heal.SnippetJudge;
import dev.fettle.sandbox.confine.HostExecution;
import dev.fettle.sandbox.snippet.SnippetCompiler;
import dev.fettle.source.java.JavaProject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Opens a {@link HealRoad} and what it drives on; closes both. */
public final class HealRoads implements AutoCloseable {
  private static final int WAITING = 64;

  private final HealRoad road;
  private final SnippetCompiler compiler;
  private final ThreadPoolExecutor thread;

  private HealRoads(HealRoad road, SnippetCompiler compiler, ThreadPoolExecutor thread) {
    this.road = road;
    this.compiler = compiler;
    this.thread = thread;
  }

  /**
   * Opens a road.
   *
   * @param data directory of the server, holds the key
   * @param healers made with the judge of their snippets
   * @param harmful ids of snippets that did harm before
   * @param projects the sources and the build of a revision; null for what is checked out now
   */
  public static HealRoads open(
      Path data,
      Function<SnippetJudge, HealRoad.Healers> healers,
      HealPolicy policy,
      Collection<String> harmful,
      Function<@Nullable String, Optional<JavaProject>> projects,
      HealRoad.Post post,
      Clock clock) {
    try {
      // only the compiler runs there, without processors: nothing of the snippet does
      SnippetCompiler compiler =
          SnippetCompiler.open(data.resolve("snippets"), HostExecution.ALLOWED);
      Withdrawn withdrawn = new Withdrawn(harmful);
      SnippetBench bench = new SnippetBench(compiler, withdrawn);
      ThreadPoolExecutor thread =
          new ThreadPoolExecutor(
              1,
              1,
              0,
              TimeUnit.SECONDS,
              new ArrayBlockingQueue<>(WAITING),
              work -> {
                Thread made = new Thread(work, "fettle-heal-road");
                made.setDaemon(true);
                return made;
              });
      HealRoad road =
          new HealRoad(
              healers.apply(bench),
              bench,
              OrderDesk.in(data, clock),
              policy,
              withdrawn,
              projects,
              post,
              thread,
              clock);
      return new HealRoads(road, compiler, thread);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot prepare snippets below " + data, e);
    }
  }

  public HealRoad road() {
    return road;
  }

  @Override
  public void close() {
    thread.shutdownNow();
    compiler.close();
  }
}
