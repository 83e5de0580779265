package dev.fettle.server.pages;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Tells open pages that something changed; they fetch what they show themselves. Who says that
 * something changed never waits for a browser. Thread-safe.
 */
@Controller
public class LiveEvents {
  private static final long OPEN_MILLIS = 30 * 60 * 1000L;
  private static final int MOST = 100;

  /** Further changes wait unnamed: a page fetches everything it shows, whatever changed. */
  private static final int WAITING = 200;

  private final List<SseEmitter> open = new CopyOnWriteArrayList<>();
  private final Set<String> waiting = new LinkedHashSet<>();
  private final Executor teller = teller();

  // begins with the time, so that pages of an earlier server are found old
  private final AtomicLong changes = new AtomicLong(System.currentTimeMillis());
  private boolean telling;

  private static Executor teller() {
    ThreadPoolExecutor thread =
        new ThreadPoolExecutor(
            1,
            1,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread made = new Thread(work, "fettle-events");
              made.setDaemon(true);
              return made;
            });
    thread.allowCoreThreadTimeOut(true);
    return thread;
  }

  /**
   * A stream of {@code changed} events. The oldest stream is closed when there are too many.
   *
   * @param since what {@link #changes()} was before the page was made; it is told at once when
   *     something changed before it listened. Absent: only of what changes from now on
   */
  @GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  @ResponseBody
  SseEmitter events(@RequestParam(required = false) @Nullable Long since) {
    SseEmitter emitter = open(new SseEmitter(OPEN_MILLIS));
    // after it is open: what changes meanwhile is told twice rather than never
    if (since != null && since != changes()) {
      told(emitter, List.of("page"));
    }
    return emitter;
  }

  /** A number that is another one after each change. */
  long changes() {
    return changes.get();
  }

  SseEmitter open(SseEmitter emitter) {
    emitter.onCompletion(() -> open.remove(emitter));
    emitter.onTimeout(emitter::complete);
    emitter.onError(e -> open.remove(emitter));
    open.add(emitter);
    List<SseEmitter> all = List.copyOf(open);
    for (SseEmitter oldest : all.subList(0, Math.max(0, all.size() - MOST))) {
      open.remove(oldest);
      oldest.complete();
    }
    return emitter;
  }

  /** Something about {@code what} changed: an incident id, or {@code services}. Returns at once. */
  public void changed(String what) {
    changes.incrementAndGet();
    synchronized (waiting) {
      if (waiting.size() < WAITING) {
        waiting.add(what);
      }
      if (telling) {
        return;
      }
      telling = true;
    }
    teller.execute(this::tell);
  }

  private void tell() {
    for (List<String> next = next(); !next.isEmpty(); next = next()) {
      List<String> changes = next;
      open.removeIf(emitter -> !told(emitter, changes));
    }
  }

  /** What changed since the last time; ends the telling when nothing did. */
  private List<String> next() {
    synchronized (waiting) {
      List<String> changes = List.copyOf(waiting);
      waiting.clear();
      telling = !changes.isEmpty();
      return changes;
    }
  }

  private static boolean told(SseEmitter emitter, List<String> changes) {
    try {
      for (String what : changes) {
        emitter.send(SseEmitter.event().name("changed").data(what));
      }
      return true;
    } catch (IOException | IllegalStateException gone) {
      return false;
    }
  }
}
