package dev.fettle.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Takes out what is too old, or too much, a few incidents at a time so that writers do not wait
 * long. Stays: what is worked on, what people rejected or rolled back and whatever did harm (it is
 * not to be tried again), and what a hot patch in a running program may still need. Thread-safe.
 */
final class Forgetting {
  private static final System.Logger log = System.getLogger(Forgetting.class.getName());
  private static final Duration PAUSE = Duration.ofHours(1);
  private static final int MOST_AT_ONCE = 200;

  /** Whose journal was written since then is worked on, or waits for a retry. */
  private static final Duration WORK = Duration.ofDays(1);

  private static final String FORGETTABLE =
      " FROM incident i WHERE NOT EXISTS (SELECT 1 FROM delivery d WHERE d.incident = i.id AND"
          + " d.channel = 'hotpatch') AND NOT EXISTS (SELECT 1 FROM journal j WHERE j.incident ="
          + " i.id AND (j.at > ? OR j.detail LIKE 'rejected by %' OR j.detail LIKE"
          + " 'rolled back by %'))";

  private static final String SIZE =
      "LENGTH(i.body) + COALESCE((SELECT LENGTH(c.body) FROM case_file c WHERE c.incident = i.id),"
          + " 0)";

  private final Writer writer;
  private final Readers readers;
  private final Retention retention;
  private final AtomicReference<Instant> next = new AtomicReference<>(Instant.MIN);

  private record Kept(String id, Instant lastSeen, long bytes) {}

  Forgetting(Writer writer, Readers readers, Retention retention) {
    this.writer = writer;
    this.readers = readers;
    this.retention = retention;
  }

  /** Forgets when an hour has passed since the last time, or more was left than fits at once. */
  void sometimes(Instant now) {
    Instant due = next.get();
    if (retention.all() || now.isBefore(due) || !next.compareAndSet(due, now.plus(PAUSE))) {
      return;
    }
    int heals = oldHeals(now);
    List<String> incidents = superfluous(now);
    if (!incidents.isEmpty()) {
      writer.write(c -> remove(c, incidents));
      if (incidents.size() == MOST_AT_ONCE) {
        next.set(now);
      }
    }
    if (heals > 0 || !incidents.isEmpty()) {
      log.log(
          System.Logger.Level.INFO,
          "forgot {0} incidents and {1} heals beyond the retention",
          incidents.size(),
          heals);
    }
  }

  private int oldHeals(Instant now) {
    return retention.age().isZero()
        ? 0
        : writer.write(
            c ->
                Sql.of(
                        "DELETE FROM heal WHERE at < ? AND body NOT LIKE '%\"good\":false%'",
                        now.minus(retention.age()).toEpochMilli())
                    .update(c));
  }

  private List<String> superfluous(Instant now) {
    String working = now.minus(WORK).truncatedTo(ChronoUnit.SECONDS).toString();
    List<Kept> oldest =
        readers.read(
            c ->
                Sql.of(
                        "SELECT i.id, i.last_seen, "
                            + SIZE
                            + FORGETTABLE
                            + " ORDER BY i.last_seen LIMIT ?",
                        working,
                        MOST_AT_ONCE)
                    .list(
                        c,
                        r ->
                            new Kept(
                                r.getString(1), Instant.ofEpochMilli(r.getLong(2)), r.getLong(3))));
    long over = retention.bytes() == 0 ? 0 : bytes() - retention.bytes();
    Instant before = retention.age().isZero() ? Instant.MIN : now.minus(retention.age());
    List<String> ids = new ArrayList<>();
    for (Kept k : oldest) {
      if (over <= 0 && !k.lastSeen().isBefore(before)) {
        break;
      }
      ids.add(k.id());
      over -= k.bytes();
    }
    return ids;
  }

  private long bytes() {
    return readers.read(
        c ->
            Sql.of("SELECT SUM(" + SIZE + ") FROM incident i").number(c)
                + Sql.of("SELECT SUM(LENGTH(body)) FROM heal").number(c));
  }

  private static int remove(Connection c, List<String> incidents) throws SQLException {
    for (String id : incidents) {
      Sql.of(
              "DELETE FROM outcome WHERE delivery IN (SELECT id FROM delivery WHERE incident = ?)",
              id)
          .update(c);
      for (String table :
          List.of("delivery", "case_file", "journal", "occurrence", "incident_hash")) {
        Sql.of("DELETE FROM " + table + " WHERE incident = ?", id).update(c);
      }
      Sql.of("DELETE FROM heal WHERE incident = ? AND body NOT LIKE '%\"good\":false%'", id)
          .update(c);
      Sql.of("DELETE FROM incident WHERE id = ?", id).update(c);
    }
    return incidents.size();
  }
}
