package dev.fettle.llm.client;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A model server over real sockets that behaves as told, in the forms of OpenAI, Anthropic and
 * Ollama. Each request takes the next behavior; the last one repeats.
 */
public final class ScriptedServer implements AutoCloseable {
  /** What a request is met with. */
  public enum Behavior {
    CORRECT,
    PROSE_AROUND,
    FENCED,
    TRAILING_COMMA,
    SLOW,
    DRIP,
    HANG,
    THROTTLED,
    THROTTLED_SECONDS,
    THROTTLED_DATE,
    THROTTLED_FOR_AN_HOUR,
    SERVER_ERROR,
    CUT_BODY,
    CUT_ANSWER,
    WRONG_SCHEMA,
    EMPTY_ANSWER,
    EMPTY_BODY,
    HUGE,
    HTML,
    NESTED,
    NO_USAGE,
    NEGATIVE_USAGE,
    ENDLESS,
    UNKNOWN_MODEL,
    BAD_KEY,
    REFUSES_SCHEMA,
    REDIRECT,
    RESET,
    /** Vectors that are each longer than the one before. */
    UNEVEN_VECTORS,
    /** A vector too few. */
    MISSING_VECTOR,
    /** Vectors longer than those of {@link #CORRECT}. */
    LONGER_VECTORS
  }

  /** What the vectors of texts count. */
  private static final List<String> TOPICS = List.of("coupon", "disk", "socket", "null");

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final ServerSocket socket;
  private final List<Behavior> script;
  private final String answer;
  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicLong chargedIn = new AtomicLong();
  private final AtomicLong chargedOut = new AtomicLong();
  private final AtomicLong bytesOut = new AtomicLong();

  public ScriptedServer(String answer, Behavior... script) {
    this.answer = answer;
    this.script = List.of(script);
    try {
      this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread thread = new Thread(this::accept, "scripted-server");
    thread.setDaemon(true);
    thread.start();
  }

  public int port() {
    return socket.getLocalPort();
  }

  public String url() {
    return "http://localhost:" + port();
  }

  /** Bodies of all requests. */
  public List<String> bodies() {
    return List.copyOf(bodies);
  }

  /** Request lines and headers. */
  public List<String> heads() {
    return List.copyOf(heads);
  }

  /** Tokens that answered requests were charged. */
  public long charged() {
    return chargedIn.get() + chargedOut.get();
  }

  public long bytesOut() {
    return bytesOut.get();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        Thread thread = new Thread(() -> serve(connection), "scripted-connection");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      InputStream in = new BufferedInputStream(connection.getInputStream());
      String head = head(in);
      if (head.isEmpty() || head.charAt(0) == 0x16) {
        return; // a TLS greeting, which a plain server cannot answer
      }
      int length = 0;
      for (String line : head.split("\r\n", -1)) {
        if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
          length = Integer.parseInt(line.substring(15).strip());
        }
      }
      String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
      heads.add(head);
      bodies.add(body);
      Behavior behavior = script.get(Math.min(next.getAndIncrement(), script.size() - 1));
      behave(behavior, connection, head, body);
    } catch (IOException | InterruptedException e) {
      // the client hung up, as some behaviors want
    }
  }

  private void behave(Behavior behavior, Socket connection, String head, String body)
      throws IOException, InterruptedException {
    OutputStream out = connection.getOutputStream();
    if (head.contains("/embed") && vectors(behavior, out, head, body)) {
      return;
    }
    switch (behavior) {
      case UNEVEN_VECTORS, MISSING_VECTOR, LONGER_VECTORS -> reply(out, 404, "", "{}");
      case CORRECT -> ok(out, head, answer);
      case PROSE_AROUND -> ok(out, head, "Sure! Here it is:\n" + answer + "\nHope {that} helps.");
      case FENCED -> ok(out, head, "```json\n" + answer + "\n```");
      case TRAILING_COMMA ->
          ok(out, head, answer.substring(0, answer.length() - 1) + ", // done\n}");
      case SLOW -> {
        Thread.sleep(150);
        ok(out, head, answer);
      }
      case DRIP -> {
        write(out, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n");
        while (true) {
          write(out, " ");
          Thread.sleep(1_000); // one byte a second
        }
      }
      case HANG -> Thread.sleep(30_000);
      case THROTTLED -> reply(out, 429, "", "{\"error\":{\"message\":\"slow down\"}}");
      case THROTTLED_SECONDS -> reply(out, 429, "Retry-After: 0\r\n", "{}");
      case THROTTLED_DATE -> {
        String now = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
        reply(out, 429, "Retry-After: " + now + "\r\n", "{}");
      }
      case THROTTLED_FOR_AN_HOUR -> reply(out, 429, "Retry-After: 3600\r\n", "{}");
      case SERVER_ERROR -> reply(out, 500, "", "{\"error\":{\"message\":\"key sk-leak\"}}");
      case CUT_BODY -> {
        String whole = completion(head, answer, true);
        write(out, "HTTP/1.1 200 OK\r\nContent-Length: " + (whole.length() + 100) + "\r\n\r\n");
        write(out, whole.substring(0, whole.length() / 2));
      }
      case CUT_ANSWER -> ok(out, head, answer.substring(0, answer.length() / 2));
      case WRONG_SCHEMA -> ok(out, head, "{\"fix\":\"delete the test\"}");
      case EMPTY_ANSWER -> ok(out, head, "");
      case EMPTY_BODY -> reply(out, 200, "", "");
      case HUGE -> huge(out);
      case HTML -> reply(out, 200, "", "<html><body>Bienvenue</body></html>");
      case NESTED -> reply(out, 200, "", "[".repeat(500_000));
      case NO_USAGE -> reply(out, 200, "", completion(head, answer, false));
      case NEGATIVE_USAGE ->
          reply(out, 200, "", completion(head, answer, true).replace(":17", ":-17"));
      case ENDLESS -> ok(out, head, "I have more to say. Shall I continue? (part 1 of 1000)");
      case UNKNOWN_MODEL -> reply(out, 404, "", "{\"error\":{\"message\":\"no such model\"}}");
      case BAD_KEY -> reply(out, 401, "", "{\"error\":{\"message\":\"bad key sk-leak\"}}");
      case REFUSES_SCHEMA -> {
        boolean schema =
            body.contains("response_format")
                || body.contains("\"format\"")
                || body.contains("output_config")
                || body.contains("output_format");
        if (schema) {
          reply(out, 400, "", "{\"error\":{\"message\":\"response_format is not supported\"}}");
        } else {
          ok(out, head, answer);
        }
      }
      case REDIRECT -> reply(out, 302, "Location: http://127.0.0.1:1/\r\n", "");
      case RESET -> {
        connection.setSoLinger(true, 0);
        connection.close();
      }
    }
  }

  /** Answers with vectors where the behavior is one of a server that has any. */
  private boolean vectors(Behavior behavior, OutputStream out, String head, String body)
      throws IOException, InterruptedException {
    int extra;
    switch (behavior) {
      case CORRECT, UNEVEN_VECTORS, MISSING_VECTOR -> extra = 0;
      case LONGER_VECTORS -> extra = 2;
      case SLOW -> {
        Thread.sleep(150);
        extra = 0;
      }
      default -> {
        return false;
      }
    }
    List<float[]> vectors = new ArrayList<>();
    for (JsonNode text : JSON.readTree(body).path("input")) {
      int longer = behavior == Behavior.UNEVEN_VECTORS ? vectors.size() : extra;
      float[] vector = new float[TOPICS.size() + 1 + longer];
      vector[TOPICS.size()] = 0.1f;
      for (int i = 0; i < TOPICS.size(); i++) {
        vector[i] = text.asString().toLowerCase(Locale.ROOT).split(TOPICS.get(i), -1).length - 1;
      }
      vectors.add(vector);
    }
    if (behavior == Behavior.MISSING_VECTOR) {
      vectors.remove(0);
    }
    chargedIn.addAndGet(100);
    reply(out, 200, "", embedded(head, vectors));
    return true;
  }

  private static String embedded(String head, List<float[]> vectors) {
    if (head.contains("/api/embed")) {
      return JSON.writeValueAsString(
          Map.of("model", "e", "embeddings", vectors, "prompt_eval_count", 100));
    }
    List<Map<String, Object>> data = new ArrayList<>();
    for (float[] vector : vectors) {
      data.add(Map.of("object", "embedding", "index", data.size(), "embedding", vector));
    }
    return JSON.writeValueAsString(
        Map.of(
            "object",
            "list",
            "model",
            "e",
            "data",
            data,
            "usage",
            Map.of("prompt_tokens", 100, "total_tokens", 100)));
  }

  private void ok(OutputStream out, String head, String text) throws IOException {
    chargedIn.addAndGet(100);
    chargedOut.addAndGet(17);
    reply(out, 200, "", completion(head, text, true));
  }

  private void huge(OutputStream out) throws IOException {
    write(out, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{\"x\":\"");
    byte[] block = "x".repeat(64 * 1024).getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 50 * 16; i++) {
      out.write(block);
      bytesOut.addAndGet(block.length);
    }
  }

  private static String completion(String head, String text, boolean usage) {
    if (head.contains("/api/chat")) {
      Map<String, Object> m = new java.util.LinkedHashMap<>();
      m.put("model", "m");
      m.put("created_at", "2026-01-01T00:00:00Z");
      m.put("message", Map.of("role", "assistant", "content", text));
      m.put("done", true);
      m.put("done_reason", "stop");
      if (usage) {
        m.put("prompt_eval_count", 100);
        m.put("eval_count", 17);
      }
      return JSON.writeValueAsString(m);
    }
    if (head.contains("/messages")) {
      Map<String, Object> m = new java.util.LinkedHashMap<>();
      m.put("id", "msg_1");
      m.put("type", "message");
      m.put("role", "assistant");
      m.put("model", "m");
      m.put("content", List.of(Map.of("type", "text", "text", text)));
      m.put("stop_reason", "end_turn");
      if (usage) {
        m.put("usage", Map.of("input_tokens", 100, "output_tokens", 17));
      }
      return JSON.writeValueAsString(m);
    }
    Map<String, Object> m = new java.util.LinkedHashMap<>();
    m.put("id", "c-1");
    m.put("object", "chat.completion");
    m.put("created", 1);
    m.put("model", "m");
    m.put(
        "choices",
        List.of(
            Map.of(
                "index",
                0,
                "finish_reason",
                "stop",
                "message",
                Map.of("role", "assistant", "content", text))));
    if (usage) {
      m.put("usage", Map.of("prompt_tokens", 100, "completion_tokens", 17, "total_tokens", 117));
    }
    return JSON.writeValueAsString(m);
  }

  private void reply(OutputStream out, int status, String headers, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    write(
        out,
        "HTTP/1.1 "
            + status
            + " Scripted\r\nContent-Type: application/json\r\nConnection: close\r\n"
            + headers
            + "Content-Length: "
            + bytes.length
            + "\r\n\r\n");
    out.write(bytes);
    out.flush();
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int c = in.read();
    while (c >= 0 && head.size() < 64 * 1024) {
      head.write(c);
      if (head.size() == 1 && c == 0x16) {
        break;
      }
      String text = head.toString(StandardCharsets.UTF_8);
      if (c == '\n' && text.endsWith("\r\n\r\n")) {
        return text;
      }
      c = in.read();
    }
    return head.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
