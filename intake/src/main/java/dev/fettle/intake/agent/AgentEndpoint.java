package dev.fettle.intake.agent;

import dev.fettle.contract.model.AgentInstance;
import dev.fettle.contract.model.HealPolicy;
import dev.fettle.contract.model.HealRecord;
import dev.fettle.contract.model.HotPatchReply;
import dev.fettle.contract.model.Origin;
import dev.fettle.contract.model.PatchHealth;
import dev.fettle.contract.model.ReplacedClass;
import dev.fettle.contract.model.Signal;
import dev.fettle.contract.model.TrustTier;
import dev.fettle.contract.spi.AgentLink;
import dev.fettle.contract.spi.SignalSource;
import dev.fettle.wire.HealMessage;
import dev.fettle.wire.Limits;
import dev.fettle.wire.MalformedMessageException;
import dev.fettle.wire.Message;
import dev.fettle.wire.MessageCodec;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where agents connect. An HTTP controller calls {@link #frames} and {@link #poll} with what
 * arrived after it authenticated the sender; the engine listens as to any {@link SignalSource} and
 * reaches agents as an {@link AgentLink}. Thread-safe.
 */
public final class AgentEndpoint implements SignalSource, AgentLink {
  /** Instances known at a time; the longest silent is forgotten first. */
  public static final int INSTANCES = 1_000;

  /** Commands waiting for one agent. */
  public static final int COMMANDS = 64;

  /** Patches of one agent whose health is kept. */
  public static final int PATCHES = 64;

  /** The longest a poll waits. */
  public static final Duration POLL_LIMIT = Duration.ofSeconds(20);

  /** An agent that is silent for longer counts as gone. */
  public static final Duration GONE_AFTER = Duration.ofMillis(5 * Limits.HEARTBEAT_MILLIS);

  /** Answered ids that are remembered, so that a replay is not stored again. */
  static final int REMEMBERED_IDS = 10_000;

  private final Clock clock;
  private final Map<String, Connection> connections = new ConcurrentHashMap<>();
  private final RecentIds stored = new RecentIds(REMEMBERED_IDS);
  private final LongAdder malformed = new LongAdder();
  private final LongAdder replayed = new LongAdder();
  private final LongAdder unstored = new LongAdder();
  private volatile @Nullable Consumer<Signal> sink;
  private volatile @Nullable HealSink healSink;
  private volatile HealMessage.@Nullable HealRules rules;

  public AgentEndpoint(Clock clock) {
    this.clock = clock;
  }

  @Override
  public String name() {
    return "agent";
  }

  @Override
  public void start(Consumer<Signal> sink) {
    this.sink = sink;
  }

  @Override
  public void close() {
    sink = null;
  }

  /** Tells {@code sink} about heals from now on. */
  public void healing(HealSink sink) {
    this.healSink = sink;
  }

  /** Tells every agent, and each that connects, what the server allows. */
  public void rules(HealPolicy policy, Collection<String> disabled) {
    HealMessage.HealRules next = HealMapping.rules(policy, disabled);
    rules = next;
    connections.values().forEach(c -> c.send(next));
  }

  /**
   * Sends a signed snippet; what becomes of it is told to the {@link HealSink}.
   *
   * @return false when the agent is not connected or too much waits for it
   */
  public boolean install(String instance, byte[] order, byte[] signature) {
    Connection connection = connections.get(instance);
    return connection != null && connection.send(new HealMessage.InstallSnippet(order, signature));
  }

  /** The same with a signed order to prefer a remedy. */
  public boolean prefer(String instance, byte[] order, byte[] signature) {
    Connection connection = connections.get(instance);
    return connection != null && connection.send(new HealMessage.PreferRemedy(order, signature));
  }

  /** Malformed bodies and signals that could not be stored. Replays are not lost, so not here. */
  @Override
  public long dropped() {
    return malformed.sum() + unstored.sum();
  }

  /** Occurrences and heals that an agent sent again after they were stored. */
  public long replayed() {
    return replayed.sum();
  }

  /** Failures that all connected agents saw and did not send since their processes started. */
  public long unsent() {
    return totals(Message.Counted::dropped);
  }

  /** Failures that the applications of all connected agents were prepared for. */
  public long anticipated() {
    return totals(Message.Counted::anticipated);
  }

  private long totals(Function<Message.Counted, Map<String, Long>> part) {
    return connections.values().stream()
        .map(Connection::counted)
        .flatMap(Optional::stream)
        .mapToLong(counted -> sum(part.apply(counted)))
        .sum();
  }

  /**
   * Takes what an agent posted and returns when its occurrences are durable.
   *
   * @param instance who the request says it is; messages of another instance are refused
   * @return messages for the agent: what was stored, and commands
   * @throws MalformedMessageException when the body is refused as a whole
   */
  public byte[] frames(String instance, TrustTier trust, InputStream body) throws IOException {
    List<Message> messages = decode(body);
    if (messages.isEmpty()
        || !(messages.get(0) instanceof Message.Hello hello)
        || !hello.instance().equals(instance)) {
      malformed.increment();
      return MessageCodec.encode(List.of());
    }
    // A public key may be in anybody's hands: what it says of itself makes nobody an agent.
    Connection connection =
        trust == TrustTier.AUTHENTICATED ? connect(hello) : new Connection(hello, clock.instant());
    List<String> acknowledged = new ArrayList<>();
    for (Message message : messages.subList(1, messages.size())) {
      take(message, connection, trust, acknowledged);
    }
    List<Message> answer = new ArrayList<>();
    answer.add(new Message.Ack(acknowledged));
    if (trust == TrustTier.AUTHENTICATED) {
      answer.addAll(connection.takeCommands());
    }
    return MessageCodec.encode(answer);
  }

  /** Waits for commands of an authenticated agent, at most {@code wait} and {@link #POLL_LIMIT}. */
  public byte[] poll(String instance, Duration wait) throws InterruptedException {
    Connection connection = connections.get(instance);
    if (connection == null) {
      return MessageCodec.encode(List.of());
    }
    connection.heard(clock.instant());
    Duration limit = wait.compareTo(POLL_LIMIT) < 0 ? wait : POLL_LIMIT;
    return MessageCodec.encode(connection.awaitCommands(limit));
  }

  private List<Message> decode(InputStream body) throws IOException {
    try {
      return MessageCodec.decode(body);
    } catch (MalformedMessageException e) {
      malformed.increment();
      throw e;
    }
  }

  private Connection connect(Message.Hello hello) {
    Instant now = clock.instant();
    Connection connection =
        connections.computeIfAbsent(hello.instance(), i -> greeted(new Connection(hello, now)));
    connection.heard(hello, now);
    if (connections.size() > INSTANCES) {
      connections.entrySet().stream()
          .min(Comparator.comparing(e -> e.getValue().lastHeard()))
          .ifPresent(e -> connections.remove(e.getKey(), e.getValue()));
    }
    return connection;
  }

  private Connection greeted(Connection fresh) {
    HealMessage.HealRules allowed = rules;
    if (allowed != null) {
      fresh.send(allowed);
    }
    return fresh;
  }

  private void take(Message message, Connection from, TrustTier trust, List<String> acknowledged) {
    if (message instanceof Message.Occurrence occurrence) {
      if (store(occurrence, from, trust)) {
        acknowledged.add(occurrence.id());
      }
    } else if (message instanceof Message.Counted counted) {
      from.counted(counted);
    } else if (message instanceof Message.PatchReply reply && trust == TrustTier.AUTHENTICATED) {
      from.replied(reply);
    } else if (message instanceof Message.PatchHealth health && trust == TrustTier.AUTHENTICATED) {
      from.health(health);
    } else if (message instanceof HealMessage heal) {
      if (trust == TrustTier.AUTHENTICATED) {
        takeHeal(heal, from, acknowledged);
      } else if (heal instanceof HealMessage.Healed healed) {
        // nothing is believed, and nothing is to be sent again
        acknowledged.add(healed.id());
      }
    } else if (!(message instanceof Message.Heartbeat)) {
      malformed.increment();
    }
  }

  private void takeHeal(HealMessage message, Connection from, List<String> acknowledged) {
    HealSink to = healSink;
    if (to == null) {
      unstored.increment();
      return;
    }
    Origin origin = SignalMapping.origin(from.hello());
    if (message instanceof HealMessage.Healed healed) {
      String key = origin.instance() + " " + healed.id();
      if (stored.contains(key)) {
        replayed.increment();
      } else {
        to.healed(
            HealMapping.record(healed, origin),
            HealMapping.signal(healed, origin, TrustTier.AUTHENTICATED));
        stored.add(key);
      }
      acknowledged.add(healed.id());
    } else if (message instanceof HealMessage.HealOutcome o) {
      to.ended(o.heal(), new HealRecord.Ending(o.good(), o.why(), Instant.ofEpochMilli(o.at())));
    } else if (message instanceof HealMessage.SnippetReply reply) {
      String refusal = reply.refusal();
      to.snippet(origin.instance(), reply.snippet(), refusal == null ? "" : refusal);
    } else if (message instanceof HealMessage.RemediesFit fit) {
      to.fit(FittingRemedies.of(fit));
    } else if (message instanceof HealMessage.HealCounted counted) {
      from.healed(counted);
    } else {
      malformed.increment();
    }
  }

  /** Heals and refusals of all connected agents since their processes started. */
  public Map<String, Long> healTotals() {
    long healed = 0;
    long refused = 0;
    for (Connection each : connections.values()) {
      healed += each.healed().map(c -> sum(c.healed())).orElse(0L);
      refused += each.healed().map(c -> sum(c.refused())).orElse(0L);
    }
    return Map.of("healed", healed, "refused", refused);
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private boolean store(Message.Occurrence occurrence, Connection from, TrustTier trust) {
    Consumer<Signal> to = sink;
    if (to == null) {
      unstored.increment();
      return false;
    }
    String key = trust + " " + from.hello().instance() + " " + occurrence.id();
    if (stored.contains(key)) {
      replayed.increment();
      return true;
    }
    to.accept(SignalMapping.signal(occurrence, SignalMapping.origin(from.hello()), trust));
    stored.add(key);
    return true;
  }

  @Override
  public List<AgentInstance> instances(String service) {
    return instances().stream().filter(i -> i.origin().service().equals(service)).toList();
  }

  /** Connected instances of every service, longest connected first. */
  public List<AgentInstance> instances() {
    Instant oldest = clock.instant().minus(GONE_AFTER);
    return connections.values().stream()
        .map(Connection::instance)
        .filter(i -> i.lastHeard().isAfter(oldest))
        .sorted(Comparator.comparing(AgentInstance::connectedAt))
        .toList();
  }

  @Override
  public HotPatchReply apply(
      String instance, String patchId, List<ReplacedClass> classes, Duration timeout) {
    List<Message.NewClass> news =
        classes.stream().map(c -> new Message.NewClass(c.name(), c.bytes())).toList();
    return ask(
        instance,
        new Message.ApplyPatch(patchId, news),
        patchId,
        Message.PatchReply.Action.APPLY,
        timeout);
  }

  @Override
  public HotPatchReply revert(String instance, String patchId, Duration timeout) {
    return ask(
        instance,
        new Message.RevertPatch(patchId),
        patchId,
        Message.PatchReply.Action.REVERT,
        timeout);
  }

  private HotPatchReply ask(
      String instance,
      Message.FromServer command,
      String patchId,
      Message.PatchReply.Action action,
      Duration timeout) {
    Connection connection = connections.get(instance);
    if (connection == null) {
      return new HotPatchReply.Lost("not connected: " + instance);
    }
    CompletableFuture<HotPatchReply> reply = connection.ask(command, patchId, action);
    try {
      return reply.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      connection.forget(patchId, action);
      return new HotPatchReply.Lost("no answer in " + timeout.toMillis() + " ms");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new HotPatchReply.Lost("interrupted");
    } catch (ExecutionException e) {
      throw new IllegalStateException("a reply never fails", e);
    }
  }

  @Override
  public PatchHealth health(String instance, String patchId) {
    Connection connection = connections.get(instance);
    if (connection == null) {
      return new PatchHealth(0, 0, 0, "", 0, 0, Integer.MAX_VALUE);
    }
    long silent = Duration.between(connection.lastHeard(), clock.instant()).toMillis();
    // one interval is the normal pause between two heartbeats
    int missed = (int) Math.max(0, Math.min(silent / Limits.HEARTBEAT_MILLIS - 1, 1_000));
    return connection
        .health(patchId)
        .map(
            h ->
                new PatchHealth(
                    h.calls(),
                    h.thrownSince(),
                    h.thrownBefore(),
                    h.newExceptionClass(),
                    h.serverErrorsSince(),
                    h.serverErrorsBefore(),
                    missed))
        .orElseGet(() -> new PatchHealth(0, 0, 0, "", 0, 0, missed));
  }
}
