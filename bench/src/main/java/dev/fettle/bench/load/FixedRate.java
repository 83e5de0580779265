package dev.fettle.bench.load;

import dev.fettle.bench.host.BenchFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Sends a workload to one service over a few kept-alive connections. Requests leave on a schedule
 * that does not wait for answers, and a latency counts from the scheduled moment, so that a stall
 * shows in every request that it delayed. One run at a time.
 */
public final class FixedRate {
  private static final Duration REQUEST_LIMIT = Duration.ofSeconds(30);

  private final List<HttpRequest> requests;
  private final int connections;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  public FixedRate(URI service, Workload workload, int connections) {
    this.requests = workload.requests().stream().map(call -> request(service, call)).toList();
    this.connections = connections;
  }

  private static HttpRequest request(URI service, Workload.Call call) {
    try {
      HttpRequest.Builder builder =
          HttpRequest.newBuilder(URI.create(service + call.path())).timeout(REQUEST_LIMIT);
      call.headers().forEach(builder::header);
      String body = call.body();
      return builder
          .method(
              call.method(),
              body == null
                  ? HttpRequest.BodyPublishers.noBody()
                  : HttpRequest.BodyPublishers.ofString(body))
          .build();
    } catch (IllegalArgumentException e) {
      throw BenchFailure.usage(
          "not a request: " + call.method() + " " + call.path() + ": " + e.getMessage());
    }
  }

  /**
   * Sends {@code count} requests in turn and waits for all answers.
   *
   * @param perSecond 0 sends each as soon as a connection is free
   * @return nanoseconds of each request
   * @throws BenchFailure when an answer is not 2xx: then the runs would compare failures
   */
  public long[] send(int count, int perSecond) {
    Run run = new Run(new long[count], perSecond == 0 ? 0 : 1_000_000_000L / perSecond);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      Thread thread = new Thread(() -> work(run), "load-" + i);
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw BenchFailure.broken("interrupted");
    }
    String failure = run.failure.get();
    if (failure != null) {
      throw BenchFailure.broken(failure);
    }
    return run.nanos;
  }

  private static final class Run {
    final long[] nanos;
    final long interval;
    final long begin = System.nanoTime();
    final AtomicInteger next = new AtomicInteger();
    final AtomicReference<@Nullable String> failure = new AtomicReference<>();

    Run(long[] nanos, long interval) {
      this.nanos = nanos;
      this.interval = interval;
    }
  }

  private void work(Run run) {
    int i = run.next.getAndIncrement();
    while (i < run.nanos.length && run.failure.get() == null) {
      long due = run.interval == 0 ? System.nanoTime() : run.begin + i * run.interval;
      await(due);
      String failure = failureOf(requests.get(i % requests.size()));
      if (failure != null) {
        run.failure.compareAndSet(null, failure);
      }
      run.nanos[i] = System.nanoTime() - due;
      i = run.next.getAndIncrement();
    }
  }

  private static void await(long due) {
    long left = due - System.nanoTime();
    while (left > 0) {
      LockSupport.parkNanos(left);
      left = due - System.nanoTime();
    }
  }

  private @Nullable String failureOf(HttpRequest request) {
    try {
      HttpResponse<byte[]> answer = answer(request);
      return answer.statusCode() / 100 == 2
          ? null
          : request.method() + " " + request.uri() + " answered " + answer.statusCode();
    } catch (IOException e) {
      return request.method() + " " + request.uri() + " failed: " + e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }

  /** Asks once more where the service had just closed a connection that was idle. */
  private HttpResponse<byte[]> answer(HttpRequest request)
      throws IOException, InterruptedException {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (HttpTimeoutException late) {
      throw late;
    } catch (IOException closed) {
      return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }
  }
}
