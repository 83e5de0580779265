package dev.fettle.agent.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.fettle.wire.HealMessage;
import dev.fettle.wire.Message;
import dev.fettle.wire.MessageCodec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A server that keeps what agents send, and sends what a test wants. */
final class RecordingServer implements AutoCloseable {
  private final HttpServer http;
  private final List<Message> received = new ArrayList<>();
  private final LinkedBlockingQueue<Message> commands = new LinkedBlockingQueue<>();

  RecordingServer() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.setExecutor(
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work, "recording-server");
              thread.setDaemon(true);
              return thread;
            }));
    http.createContext("/agent/v1/frames", this::frames);
    http.createContext("/agent/v1/poll", this::poll);
    http.start();
  }

  String url() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  void send(Message.FromServer command) {
    commands.add(command);
  }

  private void frames(HttpExchange exchange) throws IOException {
    List<Message> messages = MessageCodec.decode(exchange.getRequestBody());
    List<String> ids = new ArrayList<>();
    synchronized (this) {
      received.addAll(messages);
      for (Message message : messages) {
        if (message instanceof Message.Occurrence occurrence) {
          ids.add(occurrence.id());
        } else if (message instanceof HealMessage.Healed healed) {
          ids.add(healed.id());
        }
      }
      notifyAll();
    }
    answer(exchange, List.of(new Message.Ack(ids)));
  }

  private void poll(HttpExchange exchange) throws IOException {
    List<Message> answer = new ArrayList<>();
    try {
      Message command = commands.poll(10, TimeUnit.SECONDS);
      if (command != null) {
        answer.add(command);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    answer(exchange, answer);
  }

  private static void answer(HttpExchange exchange, List<Message> messages) throws IOException {
    byte[] body = MessageCodec.encode(messages);
    exchange.getRequestBody().readAllBytes();
    exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /** What was received of a kind so far. */
  synchronized <T extends Message> List<T> all(Class<T> type) {
    return received.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** Waits for so many messages of a kind, at most half a minute. */
  synchronized <T extends Message> List<T> await(Class<T> type, int count)
      throws InterruptedException {
    long deadline = System.nanoTime() + 30_000_000_000L;
    while (all(type).size() < count) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new AssertionError(
            "received " + all(type).size() + " of " + count + " " + type.getSimpleName());
      }
      wait(left);
    }
    return all(type);
  }

  /** Waits for a message that {@code wanted} finds among those of a kind, at most half a minute. */
  synchronized <T extends Message> T await(Class<T> type, Function<List<T>, @Nullable T> wanted)
      throws InterruptedException {
    long deadline = System.nanoTime() + 30_000_000_000L;
    while (true) {
      T found = wanted.apply(all(type));
      if (found != null) {
        return found;
      }
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new AssertionError("not among " + all(type));
      }
      wait(left);
    }
  }

  /** The encoded messages, to look for what must not be in them. */
  synchronized String text() {
    return received.toString();
  }

  @Override
  public void close() {
    http.stop(0);
  }

  /** Prints what arrives until it is killed: {@code java ... RecordingServer}. */
  public static void main(String[] args) throws IOException, InterruptedException {
    try (RecordingServer server = new RecordingServer()) {
      System.out.println(server.url());
      int seen = 0;
      while (true) {
        List<Message.Occurrence> all = server.all(Message.Occurrence.class);
        for (; seen < all.size(); seen++) {
          System.out.println(all.get(seen));
        }
        Thread.sleep(100);
      }
    }
  }

  static List<Message> decode(byte[] body) throws IOException {
    return MessageCodec.decode(new ByteArrayInputStream(body));
  }
}
