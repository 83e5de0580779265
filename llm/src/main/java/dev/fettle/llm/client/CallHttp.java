package dev.fettle.llm.client;

import dev.fettle.llm.talk.Deadline;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The transport of one attempt: at most {@link #MAX_BYTES} of answer, at most until the deadline
 * however slowly bytes drip, cancelled with its thread. Confined to one thread.
 */
final class CallHttp implements dev.langchain4j.http.client.HttpClient {
  /** Answers are a few kilobytes. */
  static final int MAX_BYTES = 4 * 1024 * 1024;

  private final HttpClient client;
  private final Deadline deadline;
  private boolean sent;
  private Optional<String> retryAfter = Optional.empty();

  CallHttp(HttpClient client, Deadline deadline) {
    this.client = client;
    this.deadline = deadline;
  }

  /** Whether a request left this process. */
  boolean sent() {
    return sent;
  }

  /** The header of that name, as it came. */
  Optional<String> retryAfter() {
    return retryAfter;
  }

  @Override
  public SuccessfulHttpResponse execute(HttpRequest request) {
    Duration left = deadline.left();
    if (left.isZero()) {
      throw new Broken(Broken.Kind.TIMEOUT, "the deadline passed before sending");
    }
    sent = true;
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(converted(request, left), info -> new BoundedBody(MAX_BYTES));
    HttpResponse<byte[]> response = awaited(answer, left);
    retryAfter = response.headers().firstValue("Retry-After");
    String body = new String(response.body(), StandardCharsets.UTF_8);
    if (response.statusCode() < 200 || response.statusCode() > 299) {
      throw new HttpException(response.statusCode(), body);
    }
    return SuccessfulHttpResponse.builder()
        .statusCode(response.statusCode())
        .headers(response.headers().map())
        .body(body)
        .build();
  }

  private static HttpResponse<byte[]> awaited(
      CompletableFuture<HttpResponse<byte[]>> answer, Duration left) {
    try {
      return answer.get(left.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new Broken(Broken.Kind.TIMEOUT, "no whole answer within " + left.toMillis() + " ms");
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new Broken(Broken.Kind.CANCELLED, "interrupted");
    } catch (ExecutionException e) {
      throw Broken.of(e.getCause() == null ? e : e.getCause());
    }
  }

  private static java.net.http.HttpRequest converted(HttpRequest request, Duration left) {
    java.net.http.HttpRequest.Builder builder =
        java.net.http.HttpRequest.newBuilder(URI.create(request.url())).timeout(left);
    request
        .headers()
        .forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
    String body = request.body();
    return builder
        .method(
            request.method().name(),
            body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
        .build();
  }

  @Override
  public void execute(
      HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
    throw new UnsupportedOperationException("answers are not streamed");
  }

  /** What went wrong below the protocol. */
  static final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1;

    enum Kind {
      TIMEOUT,
      CANCELLED,
      UNREACHABLE,
      TOO_LARGE
    }

    private final Kind kind;

    Broken(Kind kind, String message) {
      super(message);
      this.kind = kind;
    }

    Kind kind() {
      return kind;
    }

    static Broken of(Throwable cause) {
      for (Throwable t = cause; t != null; t = t.getCause()) {
        if (t instanceof BoundedBody.TooLarge large) {
          return new Broken(Kind.TOO_LARGE, String.valueOf(large.getMessage()));
        }
        if (t instanceof java.net.http.HttpTimeoutException) {
          return new Broken(Kind.TIMEOUT, "no answer in time");
        }
      }
      String what = cause instanceof IOException ? cause.getMessage() : String.valueOf(cause);
      return new Broken(
          Kind.UNREACHABLE, cause.getClass().getSimpleName() + (what == null ? "" : ": " + what));
    }
  }

  /** Hands the same transport to a model of LangChain4j. */
  static final class Builder implements dev.langchain4j.http.client.HttpClientBuilder {
    private final CallHttp http;
    private Duration connect = Duration.ofSeconds(10);
    private Duration read = Duration.ofSeconds(30);

    Builder(CallHttp http) {
      this.http = http;
    }

    @Override
    public Duration connectTimeout() {
      return connect;
    }

    @Override
    public dev.langchain4j.http.client.HttpClientBuilder connectTimeout(Duration timeout) {
      connect = timeout;
      return this;
    }

    @Override
    public Duration readTimeout() {
      return read;
    }

    @Override
    public dev.langchain4j.http.client.HttpClientBuilder readTimeout(Duration timeout) {
      read = timeout;
      return this;
    }

    @Override
    public dev.langchain4j.http.client.HttpClient build() {
      return http;
    }
  }
}
