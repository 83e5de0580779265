package dev.fettle.agent.send;

import dev.fettle.wire.Limits;
import dev.fettle.wire.Message;
import dev.fettle.wire.MessageCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The loops of the two threads that talk to the server. */
public final class ServerLink {
  private static final int POST_MILLIS = 15_000;
  private static final int POLL_MILLIS = 30_000;

  private final URI server;
  private final @Nullable String key;
  private final Message.Hello hello;
  private final Outbox outbox;
  private final Supplier<List<Message>> status;
  private final Consumer<Message.FromServer> commands;
  private final Consumer<String> debug;
  private final RandomGenerator random;
  private final Runnable reconnected;
  private final AtomicBoolean greeted = new AtomicBoolean();
  private volatile boolean lost;

  /**
   * @param status what to tell with each heartbeat
   * @param commands carries them out, on the calling loop's thread
   * @param reconnected runs when the server answers again after it did not
   */
  public ServerLink(
      URI server,
      @Nullable String key,
      Message.Hello hello,
      Outbox outbox,
      Supplier<List<Message>> status,
      Consumer<Message.FromServer> commands,
      Runnable reconnected,
      Consumer<String> debug,
      RandomGenerator random) {
    this.server = server;
    this.key = key;
    this.hello = hello;
    this.outbox = outbox;
    this.status = status;
    this.commands = commands;
    this.reconnected = reconnected;
    this.debug = debug;
    this.random = random;
  }

  /** Sends what is in the outbox, and a heartbeat when there is nothing, until interrupted. */
  public void send() throws InterruptedException {
    Backoff backoff = new Backoff(random);
    try (HttpPost http = new HttpPost(server, key, hello.instance())) {
      long beat = 0;
      while (true) {
        outbox.await(millisUntil(beat));
        boolean due = millisUntil(beat) <= 0 && !outbox.isDoubting();
        List<byte[]> batch = outbox.batch();
        if (due || !batch.isEmpty()) {
          beat = due ? System.nanoTime() : beat;
          int retryAfter = post(http, batch, due);
          if (retryAfter >= 0) {
            Thread.sleep(backoff.failed(retryAfter));
          } else {
            backoff.succeeded();
          }
        }
      }
    }
  }

  /** Whether the server could not be reached when it was tried last. */
  public boolean isLost() {
    return lost;
  }

  private static long millisUntil(long lastBeat) {
    return lastBeat == 0 ? 0 : Limits.HEARTBEAT_MILLIS - (System.nanoTime() - lastBeat) / 1_000_000;
  }

  /** Negative when it went well, else the seconds that the server wants to be left alone. */
  private int post(HttpPost http, List<byte[]> batch, boolean beat) {
    try {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      body.writeBytes(MessageCodec.encode(List.of(hello)));
      if (beat) {
        body.writeBytes(
            MessageCodec.encode(List.of(new Message.Heartbeat(System.currentTimeMillis()))));
        status.get().forEach(each -> body.writeBytes(encoded(each)));
      }
      batch.forEach(body::writeBytes);
      HttpPost.Answer answer = http.post("/agent/v1/frames", body.toByteArray(), POST_MILLIS);
      if (answer.status() == 200) {
        int left = outbox.sent(batch.size(), take(answer.body()));
        if (lost) {
          reconnected.run();
        }
        lost = false;
        greeted.set(true);
        return left > 0 ? 0 : -1;
      }
      debug.accept("the server answered " + answer.status());
      if (answer.status() == 400 || answer.status() == 413) {
        // it will never take all of this; the next may be fine
        outbox.reject(batch.size(), beat);
      }
      return answer.retryAfterSeconds();
    } catch (IOException e) {
      debug.accept("cannot reach the server: " + e);
      lost = true;
      return 0;
    }
  }

  /** Nothing for a status that exceeds what may be sent: the next one may not. */
  private byte[] encoded(Message status) {
    try {
      return MessageCodec.encode(List.of(status));
    } catch (IllegalArgumentException e) {
      debug.accept("cannot tell " + status.getClass().getSimpleName() + ": " + e.getMessage());
      return new byte[0];
    }
  }

  /** Carries commands out and gives the acknowledged ids. */
  private Set<String> take(byte[] body) throws IOException {
    Set<String> acknowledged = new HashSet<>();
    for (Message message : MessageCodec.decode(new ByteArrayInputStream(body))) {
      if (message instanceof Message.Ack ack) {
        acknowledged.addAll(ack.ids());
      } else if (message instanceof Message.FromServer command) {
        commands.accept(command);
      }
    }
    return acknowledged;
  }

  /** Waits at the server for commands, until interrupted. */
  public void poll() throws InterruptedException {
    Backoff backoff = new Backoff(random);
    try (HttpPost http = new HttpPost(server, key, hello.instance())) {
      while (true) {
        long began = System.nanoTime();
        int retryAfter = greeted.get() ? pollOnce(http) : 0;
        boolean quick = System.nanoTime() - began < 1_000_000_000L;
        if (retryAfter >= 0) {
          Thread.sleep(backoff.failed(retryAfter));
        } else if (quick) {
          // answered at once: with commands, or by a server that does not know us yet
          Thread.sleep(50);
          backoff.succeeded();
        } else {
          backoff.succeeded();
        }
      }
    }
  }

  private int pollOnce(HttpPost http) {
    try {
      HttpPost.Answer answer = http.post("/agent/v1/poll", new byte[0], POLL_MILLIS);
      if (answer.status() != 200) {
        return answer.retryAfterSeconds();
      }
      take(answer.body());
      return -1;
    } catch (IOException e) {
      return 0;
    }
  }
}
