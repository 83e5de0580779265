package dev.fettle.bench.overhead;

import dev.fettle.bench.host.BenchFailure;
import dev.fettle.bench.load.Workload;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What is compared and how long.
 *
 * @param java the binary that runs the services
 * @param serviceJar an executable jar
 * @param agentJar null compares the service with itself, which shows the noise of the method
 * @param agentOptions what the agent is told, as after {@code =} of {@code -javaagent}; empty for
 *     its defaults
 * @param pairs interleaved pairs in all, spread over the launches
 * @param launches how often both services are started anew
 * @param perSecond requests of a slice
 * @param sliceSeconds length of a slice
 * @param warmUp requests sent to each service before the first slice, at least; 0 for no warm-up
 */
public record Plan(
    String java,
    Path serviceJar,
    Workload workload,
    @Nullable Path agentJar,
    String agentOptions,
    Path serverJar,
    int pairs,
    int launches,
    int perSecond,
    int sliceSeconds,
    int warmUp) {
  public Plan {
    require(pairs >= 2, "--pairs expects at least 2, got " + pairs);
    require(
        launches >= 1 && launches <= pairs,
        "--launches expects 1 to the number of pairs, " + pairs + ", got " + launches);
    require(perSecond >= 1 && perSecond <= 5000, "--rate expects 1 to 5000, got " + perSecond);
    require(sliceSeconds >= 1, "--slice expects at least 1 second, got " + sliceSeconds);
    require(warmUp >= 0, "--warm-up expects no negative number, got " + warmUp);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw BenchFailure.usage(message);
    }
  }

  /** Pairs of one launch, counting from 0; those of all launches are {@link #pairs}. */
  int pairsOf(int launch) {
    return pairs / launches + (launch < pairs % launches ? 1 : 0);
  }
}
