package dev.fettle.agent.observe;

import dev.fettle.wire.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Sends the first failure of a kind at once and counts the next for up to a second. Confined to the
 * agent's thread.
 */
final class Repeats {
  private static final int KINDS = 500;
  private static final long SECOND = 1_000_000_000L;

  private static final class Kind {
    private final Message.Occurrence trace;
    private long count;
    private long last;
    private long since;

    Kind(Message.Occurrence first) {
      trace =
          new Message.Occurrence(
              first.id(),
              first.kind(),
              first.thrownAt(),
              first.thread(),
              first.thrown().traceOnly(),
              first.exchange(),
              first.reason(),
              1);
    }
  }

  private final Supplier<String> ids;
  private final Map<FailureKey, Kind> kinds = new LinkedHashMap<>(16, 0.75f, true);

  Repeats(Supplier<String> ids) {
    this.ids = ids;
  }

  /** Whether the failure is only counted for now. */
  boolean counts(FailureKey key, long thrownAt, long now) {
    Kind kind = kinds.get(key);
    if (kind == null) {
      return false;
    }
    kind.since = kind.count == 0 ? now : kind.since;
    kind.count++;
    kind.last = thrownAt;
    return true;
  }

  /** The failures of that key that follow are like this one; so are those that wait. */
  void sent(FailureKey key, Message.Occurrence first) {
    Kind former = kinds.get(key);
    Kind kind = add(key, first);
    if (former != null) {
      kind.count = former.count;
      kind.last = former.last;
      kind.since = former.since;
    }
  }

  /** Counts one that comes before the first of its key. */
  void waits(FailureKey key, Message.Occurrence early, long now) {
    Kind kind = add(key, early);
    kind.count = 1;
    kind.last = early.thrownAt();
    kind.since = now;
  }

  private Kind add(FailureKey key, Message.Occurrence like) {
    if (kinds.size() >= KINDS) {
      FailureKey eldest = kinds.keySet().iterator().next();
      kinds.remove(eldest);
    }
    Kind kind = new Kind(like);
    kinds.put(key, kind);
    return kind;
  }

  /** What was counted for long enough, as trace-only occurrences. */
  List<Message.Occurrence> due(long now) {
    List<Message.Occurrence> due = new ArrayList<>();
    for (Kind kind : kinds.values()) {
      if (kind.count > 0 && now - kind.since >= SECOND) {
        Message.Occurrence t = kind.trace;
        due.add(
            new Message.Occurrence(
                ids.get(),
                t.kind(),
                kind.last,
                t.thread(),
                t.thrown(),
                t.exchange(),
                t.reason(),
                kind.count));
        kind.count = 0;
      }
    }
    return due;
  }
}
