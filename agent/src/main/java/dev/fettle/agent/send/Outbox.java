package dev.fettle.agent.send;

import dev.fettle.wire.HealMessage;
import dev.fettle.wire.Message;
import dev.fettle.wire.MessageCodec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Messages that wait for the server. Bounded in number and bytes: the newest is refused, so that
 * the first failures of a storm survive it. Used by the agent's threads only. Thread-safe.
 */
public final class Outbox {
  /** Messages that wait at most. */
  public static final int MESSAGES = 2048;

  /** Their encoded bytes at most. */
  public static final int BYTES = 8 << 20;

  private static final int BATCH_MESSAGES = 100;
  private static final int BATCH_BYTES = 2 << 20;

  private record Waiting(@Nullable String id, byte[] encoded) {}

  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private int bytes;

  /** False when there is no room or the message exceeds what may be sent. */
  public boolean offer(Message message) {
    byte[] encoded;
    try {
      encoded = MessageCodec.encode(List.of(message));
    } catch (IllegalArgumentException e) {
      return false;
    }
    String id = id(message);
    synchronized (this) {
      if (waiting.size() >= MESSAGES || bytes + encoded.length > BYTES) {
        return false;
      }
      waiting.add(new Waiting(id, encoded));
      bytes += encoded.length;
      notifyAll();
      return true;
    }
  }

  private static @Nullable String id(Message message) {
    if (message instanceof Message.Occurrence occurrence) {
      return occurrence.id();
    }
    return message instanceof HealMessage.Healed healed ? healed.id() : null;
  }

  /** Waits until something is here, or that long. */
  synchronized void await(long millis) throws InterruptedException {
    long deadline = System.nanoTime() + millis * 1_000_000;
    long left = millis;
    while (waiting.isEmpty() && left > 0) {
      wait(left);
      left = (deadline - System.nanoTime()) / 1_000_000;
    }
  }

  /** The oldest messages, encoded; they stay until {@link #sent}. */
  synchronized List<byte[]> batch() {
    List<byte[]> batch = new ArrayList<>();
    int size = 0;
    for (Waiting each : waiting) {
      size += each.encoded.length;
      if (batch.size() >= BATCH_MESSAGES || (size > BATCH_BYTES && !batch.isEmpty())) {
        break;
      }
      batch.add(each.encoded);
    }
    return batch;
  }

  /**
   * Forgets the first {@code count} messages: those without id, and those whose id is acknowledged.
   *
   * @return how many occurrences were not acknowledged and stay
   */
  synchronized int sent(int count, Set<String> acknowledged) {
    List<Waiting> again = new ArrayList<>();
    Set<String> known = new HashSet<>(acknowledged);
    for (int i = 0; i < count && !waiting.isEmpty(); i++) {
      Waiting each = waiting.remove();
      bytes -= each.encoded.length;
      if (each.id != null && !known.contains(each.id)) {
        again.add(each);
      }
    }
    for (int i = again.size() - 1; i >= 0; i--) {
      waiting.addFirst(again.get(i));
      bytes += again.get(i).encoded.length;
    }
    return again.size();
  }

  /** Drops the first {@code count}, which the server will never take. */
  synchronized int reject(int count) {
    int occurrences = 0;
    for (int i = 0; i < count && !waiting.isEmpty(); i++) {
      Waiting each = waiting.remove();
      bytes -= each.encoded.length;
      occurrences += each.id == null ? 0 : 1;
    }
    return occurrences;
  }

  /** How many wait. */
  public synchronized int size() {
    return waiting.size();
  }
}
