package dev.fettle.intake.agent;

import dev.fettle.contract.model.AgentInstance;
import dev.fettle.contract.model.HotPatchReply;
import dev.fettle.wire.HealMessage;
import dev.fettle.wire.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What is known of one agent, and the commands waiting for it. Guarded by itself. */
final class Connection {
  private final Instant connectedAt;
  private final ArrayList<Message.FromServer> commands = new ArrayList<>();
  private final Map<String, CompletableFuture<HotPatchReply>> replies = new LinkedHashMap<>();
  private final Map<String, Message.PatchHealth> health = new LinkedHashMap<>();
  private Message.Hello hello;
  private Instant lastHeard;
  private Message.@Nullable Counted counted;
  private HealMessage.@Nullable HealCounted healed;

  Connection(Message.Hello hello, Instant now) {
    this.hello = hello;
    this.connectedAt = now;
    this.lastHeard = now;
  }

  synchronized void heard(Message.Hello again, Instant now) {
    hello = again;
    lastHeard = now;
  }

  synchronized void heard(Instant now) {
    lastHeard = now;
  }

  synchronized Instant lastHeard() {
    return lastHeard;
  }

  synchronized Message.Hello hello() {
    return hello;
  }

  synchronized AgentInstance instance() {
    return new AgentInstance(SignalMapping.origin(hello), hello.pid(), connectedAt, lastHeard);
  }

  synchronized void counted(Message.Counted totals) {
    counted = totals;
  }

  synchronized Optional<Message.Counted> counted() {
    return Optional.ofNullable(counted);
  }

  synchronized void healed(HealMessage.HealCounted totals) {
    healed = totals;
  }

  synchronized Optional<HealMessage.HealCounted> healed() {
    return Optional.ofNullable(healed);
  }

  synchronized void health(Message.PatchHealth seen) {
    if (health.size() < AgentEndpoint.PATCHES || health.containsKey(seen.patchId())) {
      health.put(seen.patchId(), seen);
    }
  }

  synchronized Optional<Message.PatchHealth> health(String patchId) {
    return Optional.ofNullable(health.get(patchId));
  }

  /** Sends without waiting for an answer; false when too many commands wait already. */
  synchronized boolean send(Message.FromServer command) {
    if (commands.size() >= AgentEndpoint.COMMANDS) {
      return false;
    }
    commands.add(command);
    notifyAll();
    return true;
  }

  /** Sends and gives what will be answered. */
  synchronized CompletableFuture<HotPatchReply> ask(
      Message.FromServer command, String patchId, Message.PatchReply.Action action) {
    CompletableFuture<HotPatchReply> reply = new CompletableFuture<>();
    if (!send(command)) {
      reply.complete(new HotPatchReply.Lost("too many commands wait for this agent"));
    } else {
      CompletableFuture<HotPatchReply> former = replies.put(key(patchId, action), reply);
      if (former != null) {
        former.complete(new HotPatchReply.Lost("asked again"));
      }
    }
    return reply;
  }

  synchronized void forget(String patchId, Message.PatchReply.Action action) {
    replies.remove(key(patchId, action));
  }

  synchronized void replied(Message.PatchReply reply) {
    CompletableFuture<HotPatchReply> waiting = replies.remove(key(reply.patchId(), reply.action()));
    if (waiting != null) {
      waiting.complete(
          reply.refusal() == null
              ? new HotPatchReply.Applied(Instant.ofEpochMilli(reply.at()))
              : new HotPatchReply.NotHotPatchable(reply.refusal()));
    }
  }

  private static String key(String patchId, Message.PatchReply.Action action) {
    return action + " " + patchId;
  }

  synchronized List<Message.FromServer> takeCommands() {
    List<Message.FromServer> taken = List.copyOf(commands);
    commands.clear();
    return taken;
  }

  /** Waits for a command at most that long. */
  synchronized List<Message.FromServer> awaitCommands(Duration wait) throws InterruptedException {
    long deadline = System.nanoTime() + wait.toNanos();
    while (commands.isEmpty()) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        return List.of();
      }
      wait(left);
    }
    return takeCommands();
  }
}
