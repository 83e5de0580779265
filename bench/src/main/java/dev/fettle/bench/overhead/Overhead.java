package dev.fettle.bench.overhead;

import dev.fettle.bench.host.AgentServer;
import dev.fettle.bench.host.Allocations;
import dev.fettle.bench.host.CpuTime;
import dev.fettle.bench.host.ServiceJvm;
import dev.fettle.bench.load.FixedRate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Compares a service under the agent with the same service without it. Both JVMs live and are warm
 * at the same time; slices of the same load go to one, then to the other, in the order ABBA, so
 * that what else the machine does and what drifts meets both alike. The load comes from this
 * process, which neither service shares.
 */
public final class Overhead {
  private static final int CONNECTIONS = 6;
  private static final Duration BETWEEN_SLICES = Duration.ofMillis(200);

  private static final Duration WARM_UP_LIMIT = Duration.ofMinutes(2);
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
      List<Double> startDeltas = starts(server);
      List<Pair> pairs = pairs(server);
      return OverheadReport.of(plan, FLAGS, server.description(), pairs, startDeltas);
    }
  }

  private List<Double> starts(AgentServer server) {
    List<Double> deltas = new ArrayList<>();
    for (int i = 0; i < plan.starts(); i++) {
      boolean withFirst = i % 2 == 0;
      double first = startMillis(server, withFirst);
      double second = startMillis(server, !withFirst);
      deltas.add(withFirst ? first - second : second - first);
      progress.accept(
          String.format(
              "start %d/%d: %.0f ms with, %.0f ms without",
              i + 1, plan.starts(), withFirst ? first : second, withFirst ? second : first));
    }
    return deltas;
  }

  private double startMillis(AgentServer server, boolean with) {
    int port = ServiceJvm.freePort();
    try (ServiceJvm service = start(server, with, port)) {
      return service.awaitListening() / 1e6;
    }
  }

  private List<Pair> pairs(AgentServer server) {
    int portA = ServiceJvm.freePort();
    try (ServiceJvm with = start(server, true, portA)) {
      with.awaitListening();
      int portB = ServiceJvm.freePort();
      try (ServiceJvm without = start(server, false, portB)) {
        without.awaitListening();
        try (Side a = new Side(with);
            Side b = new Side(without)) {
          return interleave(a, b);
        }
      }
    }
  }

  private List<Pair> interleave(Side with, Side without) {
    warmUp(with, without);
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < plan.pairs(); i++) {
      Pair pair;
      if (i % 2 == 0) {
        Slice first = with.slice();
        pair = new Pair(first, without.slice());
      } else {
        Slice first = without.slice();
        pair = new Pair(with.slice(), first);
      }
      pairs.add(pair);
      progress.accept(
          String.format(
              "pair %d/%d: CPU %.0f against %.0f us per request (%.3f), allocated %.1f against"
                  + " %.1f KB (%.4f)",
              i + 1,
              plan.pairs(),
              pair.with().cpuMicrosPerRequest(),
              pair.without().cpuMicrosPerRequest(),
              pair.cpuRatio(),
              pair.with().bytesPerRequest() / 1e3,
              pair.without().bytesPerRequest() / 1e3,
              pair.allocationRatio()));
    }
    return pairs;
  }

  /**
   * In turns and unpaced, until the compilers of both JVMs have little left to do; then one
   * unmeasured slice each at the rate of the measurement.
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
    with.slice();
    without.slice();
  }

  private ServiceJvm start(AgentServer server, boolean with, int port) {
    List<String> command = new ArrayList<>();
    command.add(plan.java());
    command.addAll(FLAGS);
    Map<String, String> environment = new HashMap<>();
    Path agent = plan.agentJar();
    if (with && agent != null) {
      command.add("-javaagent:" + agent);
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

    Slice slice() {
      ServiceJvm.pause(BETWEEN_SLICES);
      Allocations.Reading bytes = allocations.read();
      CpuTime cpu = CpuTime.of(service.pid());
      long[] latencies = load.send(plan.perSecond() * plan.sliceSeconds(), plan.perSecond());
      CpuTime.Spent spent = CpuTime.of(service.pid()).since(cpu);
      return Slice.of(latencies, spent, allocations.read().since(bytes));
    }

    @Override
    public void close() {
      allocations.close();
    }
  }
}
