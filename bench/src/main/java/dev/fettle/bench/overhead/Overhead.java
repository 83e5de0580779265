package dev.fettle.bench.overhead;

import dev.fettle.bench.host.AgentServer;
import dev.fettle.bench.host.Allocations;
import dev.fettle.bench.host.CpuTime;
import dev.fettle.bench.host.ServiceJvm;
import dev.fettle.bench.load.FixedRate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/**
 * Compares a service under the agent with the same service without it. Both JVMs live and are warm
 * at the same time; short turns of the same load go to one, then to the other, in the order ABBA,
 * so that what else the machine does and what drifts meets both alike. What a JVM's compilers make
 * of a service differs from launch to launch by more than the agent costs, so both are launched
 * anew several times. The load comes from this process, which neither service shares.
 */
public final class Overhead {
  private static final int CONNECTIONS = 6;
  private static final Duration BETWEEN_TURNS = Duration.ofMillis(50);

  private static final Duration WARM_UP_LIMIT = Duration.ofMinutes(1);
  private static final int ROUND = 1000;
  private static final int CALM_ROUNDS = 3;
  private static final double CALM_SHARE = 0.08;

  /** The same for both; a constant number of compiler threads keeps their clocks readable. */
  private static final List<String> FLAGS =
      List.of(
          "-Xms384m",
          "-Xmx384m",
          "-Xmn192m",
          "-XX:+UseSerialGC",
          "-XX:-UseDynamicNumberOfCompilerThreads");

  private final Plan plan;
  private final Path folder;
  private final Consumer<String> progress;

  /**
   * @param folder for logs and the server's data
   * @param progress takes one line at a time, for people
   */
  public Overhead(Plan plan, Path folder, Consumer<String> progress) {
    this.plan = plan;
    this.folder = folder;
    this.progress = progress;
  }

  /** Runs the plan. */
  public OverheadReport measure() {
    try (AgentServer server = AgentServer.start(plan.java(), plan.serverJar(), folder)) {
      progress.accept("agents report to " + server.description());
      List<Double> startDeltas = new ArrayList<>();
      List<Pair> pairs = new ArrayList<>();
      for (int launch = 0; launch < plan.launches(); launch++) {
        launch(server, launch, startDeltas, pairs);
      }
      return OverheadReport.of(plan, FLAGS, server.description(), pairs, startDeltas);
    }
  }

  private void launch(AgentServer server, int launch, List<Double> deltas, List<Pair> pairs) {
    boolean withFirst = launch % 2 == 0;
    try (ServiceJvm first = start(server, withFirst)) {
      double firstMillis = first.awaitListening() / 1e6;
      try (ServiceJvm second = start(server, !withFirst)) {
        double secondMillis = second.awaitListening() / 1e6;
        double delta = firstMillis - secondMillis;
        deltas.add(withFirst ? delta : -delta);
        progress.accept(
            String.format(
                "launch %d/%d: %.0f ms with, %.0f ms without",
                launch + 1,
                plan.launches(),
                withFirst ? firstMillis : secondMillis,
                withFirst ? secondMillis : firstMillis));
        try (Side with = new Side(withFirst ? first : second);
            Side without = new Side(withFirst ? second : first)) {
          interleave(launch, with, without, pairs);
        }
      }
    }
  }

  private void interleave(int launch, Side with, Side without, List<Pair> pairs) {
    warmUp(with, without);
    for (int i = 0; i < plan.pairsOf(launch); i++) {
      Side outer = i % 2 == 0 ? with : without;
      Side inner = i % 2 == 0 ? without : with;
      outer.turn();
      inner.turn();
      inner.turn();
      outer.turn();
      Pair pair = new Pair(launch, with.slice(), without.slice());
      pairs.add(pair);
      progress.accept(
          String.format(
              "pair %d/%d: CPU %.0f against %.0f us per request (%.3f), allocated %.1f against"
                  + " %.1f KB (%.4f)",
              pairs.size(),
              plan.pairs(),
              pair.with().cpuMicrosPerRequest(),
              pair.without().cpuMicrosPerRequest(),
              pair.cpuRatio(),
              pair.with().bytesPerRequest() / 1e3,
              pair.without().bytesPerRequest() / 1e3,
              pair.allocationRatio()));
    }
  }

  /**
   * In turns and unpaced, until the compilers of both JVMs have little left to do; then one
   * unmeasured turn each at the rate of the measurement.
   */
  private void warmUp(Side with, Side without) {
    if (plan.warmUp() == 0) {
      return;
    }
    progress.accept("warming both services with at least " + plan.warmUp() + " requests each");
    long deadline = System.nanoTime() + WARM_UP_LIMIT.toNanos();
    int sent = 0;
    int calm = 0;
    while (sent < plan.warmUp() || (calm < CALM_ROUNDS && System.nanoTime() < deadline)) {
      double share = Math.max(with.round(), without.round());
      sent += ROUND;
      calm = share < CALM_SHARE ? calm + 1 : 0;
    }
    progress.accept(
        String.format(
            "warm after %d requests each; compilers %s", sent, calm == 0 ? "still busy" : "calm"));
    with.turn();
    without.turn();
    with.forget();
    without.forget();
  }

  private ServiceJvm start(AgentServer server, boolean with) {
    int port = ServiceJvm.freePort();
    List<String> command = new ArrayList<>();
    command.add(plan.java());
    command.addAll(FLAGS);
    Map<String, String> environment = new HashMap<>();
    Path agent = plan.agentJar();
    if (with && agent != null) {
      String options = plan.agentOptions();
      command.add("-javaagent:" + agent + (options.isEmpty() ? "" : "=" + options));
      environment.put("FETTLE_SERVER", server.address().toString());
      environment.put("FETTLE_KEY", server.key());
      environment.put("FETTLE_SERVICE", "bench");
    }
    command.add("-jar");
    command.add(plan.serviceJar().toString());
    command.add("--server.port=" + port);
    command.add("--server.address=127.0.0.1");
    // A pool that never runs dry: an exhausted pool would be a failure, and none is wanted here.
    command.add("--spring.datasource.hikari.maximum-pool-size=10");
    command.add("--spring.datasource.hikari.connection-timeout=30000");
    return ServiceJvm.start(
        command, environment, port, folder.resolve((with ? "with-" : "without-") + port + ".log"));
  }

  /** One of the two services, with its meters. */
  private final class Side implements AutoCloseable {
    private final ServiceJvm service;
    private final Allocations allocations;
    private final FixedRate load;
    private CpuTime.Spent cpu = new CpuTime.Spent(0, 0);
    private long bytes;
    private long[] latencies = {};

    Side(ServiceJvm service) {
      this.service = service;
      this.allocations = Allocations.in(service.pid());
      this.load = new FixedRate(service.address(), plan.workload(), CONNECTIONS);
    }

    /** Sends a round of requests; returns the compilers' share of what they cost. */
    double round() {
      CpuTime before = CpuTime.of(service.pid());
      load.send(ROUND, 0);
      return CpuTime.of(service.pid()).since(before).compilerShare();
    }

    /** Sends a turn of the load and adds what it cost. */
    void turn() {
      ServiceJvm.pause(BETWEEN_TURNS);
      Allocations.Reading bytesBefore = allocations.read();
      CpuTime before = CpuTime.of(service.pid());
      long[] taken = load.send(plan.perSecond() * plan.sliceSeconds(), plan.perSecond());
      cpu = cpu.plus(CpuTime.of(service.pid()).since(before));
      bytes += allocations.read().since(bytesBefore);
      latencies = LongStream.concat(Arrays.stream(latencies), Arrays.stream(taken)).toArray();
    }

    /** What the turns cost since the last slice. */
    Slice slice() {
      Slice slice = Slice.of(latencies, cpu, bytes);
      forget();
      return slice;
    }

    void forget() {
      cpu = new CpuTime.Spent(0, 0);
      bytes = 0;
      latencies = new long[0];
    }

    @Override
    public void close() {
      allocations.close();
    }
  }
}
