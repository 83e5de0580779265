package dev.fettle.server.pages;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Tells open pages that something changed; they fetch what they show themselves. Thread-safe. */
@Controller
public class LiveEvents {
  private static final long OPEN_MILLIS = 30 * 60 * 1000L;
  private static final int MOST = 100;

  private final List<SseEmitter> open = new CopyOnWriteArrayList<>();

  /** A stream of {@code changed} events. The oldest stream is closed when there are too many. */
  @GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  @ResponseBody
  SseEmitter events() {
    SseEmitter emitter = new SseEmitter(OPEN_MILLIS);
    emitter.onCompletion(() -> open.remove(emitter));
    emitter.onTimeout(emitter::complete);
    emitter.onError(e -> open.remove(emitter));
    open.add(emitter);
    if (open.size() > MOST) {
      open.get(0).complete();
    }
    return emitter;
  }

  /** Something about {@code what} changed: an incident id, or {@code services}. */
  public void changed(String what) {
    open.removeIf(emitter -> !told(emitter, what));
  }

  private static boolean told(SseEmitter emitter, String what) {
    try {
      emitter.send(SseEmitter.event().name("changed").data(what));
      return true;
    } catch (IOException | IllegalStateException gone) {
      return false;
    }
  }
}
