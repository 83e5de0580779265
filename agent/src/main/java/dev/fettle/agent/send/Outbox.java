package dev.fettle.agent.send;

import dev.fettle.wire.HealMessage;
import dev.fettle.wire.Message;
import dev.fettle.wire.MessageCodec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
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

  /** A server that answers and does not acknowledge a message so often never will. */
  private static final int TRIES = 20;

  private record Waiting(@Nullable String id, byte[] encoded, int tries) {}

  private final Consumer<String> dropped;
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private int bytes;

  /** So many of the oldest are sent one by one, as the server refused one of them. */
  private int doubted;

  /**
   * @param dropped told the reason for each message that is given up
   */
  public Outbox(Consumer<String> dropped) {
    this.dropped = dropped;
  }

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
      waiting.add(new Waiting(id, encoded, 0));
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
      int most = doubted > 0 ? 1 : BATCH_MESSAGES;
      if (batch.size() >= most || (size > BATCH_BYTES && !batch.isEmpty())) {
        break;
      }
      batch.add(each.encoded);
    }
    return batch;
  }

  /**
   * Forgets the first {@code count} messages: those without id, and those whose id is acknowledged.
   * The others go behind those that wait, and are given up after {@value #TRIES} times.
   *
   * @return how many occurrences were not acknowledged and stay
   */
  synchronized int sent(int count, Set<String> acknowledged) {
    int again = 0;
    for (int i = 0; i < count && !waiting.isEmpty(); i++) {
      Waiting each = remove();
      boolean done = each.id == null || acknowledged.contains(each.id);
      if (!done && each.tries + 1 < TRIES) {
        waiting.add(new Waiting(each.id, each.encoded, each.tries + 1));
        bytes += each.encoded.length;
        again++;
      } else if (!done) {
        dropped.accept("not acknowledged by the server");
      }
    }
    return again;
  }

  /**
   * The server will not take these: each is tried alone, and what was alone is given up.
   *
   * @param beside whether something else travelled with them, which may be what is refused
   */
  synchronized void reject(int count, boolean beside) {
    if (count > 1 || beside) {
      doubted = Math.max(doubted, count);
    } else if (count == 1 && !waiting.isEmpty()) {
      remove();
      dropped.accept("refused by the server");
    }
  }

  /** Whether single messages are tried, which must not travel with anything else. */
  synchronized boolean isDoubting() {
    return doubted > 0 && !waiting.isEmpty();
  }

  private Waiting remove() {
    Waiting first = waiting.remove();
    bytes -= first.encoded.length;
    doubted = Math.max(0, doubted - 1);
    return first;
  }

  /** How many wait. */
  public synchronized int size() {
    return waiting.size();
  }
}
