package dev.fettle.store;

import dev.fettle.contract.model.CaseFile;
import dev.fettle.contract.model.Delivery;
import dev.fettle.contract.model.DeliveryId;
import dev.fettle.contract.model.Fingerprint;
import dev.fettle.contract.model.Incident;
import dev.fettle.contract.model.IncidentId;
import dev.fettle.contract.model.JournalEntry;
import dev.fettle.contract.model.Outcome;
import dev.fettle.contract.spi.Journal;
import dev.fettle.contract.spi.Knowledge;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Journal and knowledge in one SQLite file. What a method wrote is on disk when it returns (WAL,
 * {@code synchronous=FULL}); concurrent writers share a commit. Thread-safe.
 *
 * <p>Methods throw {@link StorageException}; when the disk is full, writing throws {@link
 * StorageException.Full} until there is room again, and reading goes on.
 */
public final class SqlStore implements Journal, Knowledge, AutoCloseable {
  private static final Duration MEMORY = Duration.ofDays(7);
  private static final int FORGET_EVERY = 10_000;

  private final Json json = new Json();
  private final Writer writer;
  private final Readers readers;
  private final Heals heals;
  private final Forgetting forgetting;
  private final InstantSource clock;
  private final @Nullable Path quarantined;
  private final AtomicLong journalSequence;
  private final AtomicLong outcomeSequence;
  private final AtomicLong counted = new AtomicLong();

  private SqlStore(Database.Opened opened, InstantSource clock, Retention retention) {
    this.clock = clock;
    this.quarantined = opened.quarantined().orElse(null);
    this.writer = new Writer(opened.writer());
    this.readers = new Readers(opened.database());
    this.heals = new Heals(json, writer, readers);
    this.forgetting = new Forgetting(writer, readers, retention);
    this.journalSequence = new AtomicLong(highest("journal"));
    this.outcomeSequence = new AtomicLong(highest("outcome"));
  }

  /** Opens or makes the database; a damaged one is put aside and a fresh one begun. */
  public static SqlStore open(Path file, InstantSource clock) {
    return open(file, clock, 0);
  }

  /**
   * As {@link #open(Path, InstantSource)}, with a quota: what it cannot hold is refused as on a
   * full disk.
   *
   * @param limit bytes that the database may grow to, its log aside; 0 for no quota
   */
  public static SqlStore open(Path file, InstantSource clock, long limit) {
    return open(file, clock, limit, Retention.ALL);
  }

  /**
   * As {@link #open(Path, InstantSource, long)}, forgetting what is older or more than is kept:
   * when a signal is counted, at most once an hour.
   */
  public static SqlStore open(Path file, InstantSource clock, long limit, Retention retention) {
    return new SqlStore(Database.open(file, clock, limit), clock, retention);
  }

  /** Where a damaged database was put when this one was opened; it should be reported. */
  public Optional<Path> quarantined() {
    return Optional.ofNullable(quarantined);
  }

  /** What was healed in running programs. */
  public Heals heals() {
    return heals;
  }

  @Override
  public void close() {
    writer.close();
    readers.close();
  }

  @Override
  public JournalEntry append(JournalEntry entry) {
    return writer.write(
        c -> {
          JournalEntry stored =
              new JournalEntry(
                  journalSequence.incrementAndGet(),
                  entry.incident(),
                  entry.step(),
                  entry.state(),
                  entry.detail(),
                  entry.data(),
                  entry.at());
          Sql.of(
                  "INSERT INTO journal (sequence, incident, step, state, detail, data, at) VALUES"
                      + " (?, ?, ?, ?, ?, ?, ?)",
                  stored.sequence(),
                  stored.incident().value(),
                  stored.step().name(),
                  stored.state().name(),
                  stored.detail(),
                  stored.data(),
                  stored.at().toString())
              .update(c);
          return stored;
        });
  }

  @Override
  public List<JournalEntry> of(IncidentId incident) {
    return readers.read(
        c ->
            Sql.of("SELECT * FROM journal WHERE incident = ? ORDER BY sequence", incident.value())
                .list(c, SqlStore::entry));
  }

  /** Incidents that were only taken in, and never ended, count as begun. */
  @Override
  public List<IncidentId> unfinished() {
    return readers.read(
        c ->
            Sql.of(
                    "SELECT j.incident FROM journal j LEFT JOIN (SELECT incident, MAX(sequence) AS"
                        + " ended FROM journal WHERE step = 'OUTCOME' GROUP BY incident) o"
                        + " ON o.incident = j.incident WHERE j.step <> 'OUTCOME' AND (o.ended IS"
                        + " NULL OR (j.step <> 'INTAKE' AND j.sequence > o.ended))"
                        + " GROUP BY j.incident ORDER BY MIN(j.sequence)")
                .list(c, r -> new IncidentId(r.getString(1))));
  }

  @Override
  public Optional<Incident> find(String service, Fingerprint fingerprint) {
    return readers.read(
        c -> {
          for (String hash : fingerprint.hashes()) {
            Optional<Incident> found =
                Sql.of(
                        "SELECT i.body FROM incident i JOIN incident_hash h ON h.incident = i.id"
                            + " WHERE h.service = ? AND h.hash = ?",
                        service,
                        hash)
                    .first(c, this::incident);
            if (found.isPresent()) {
              return found;
            }
          }
          return Optional.empty();
        });
  }

  @Override
  public Optional<Incident> incident(IncidentId id) {
    return readers.read(
        c -> Sql.of("SELECT body FROM incident WHERE id = ?", id.value()).first(c, this::incident));
  }

  @Override
  public void save(Incident incident) {
    String body = json.write(incident);
    writer.write(c -> upsert(c, incident, body));
  }

  @Override
  public boolean count(String signalId, Incident incident) {
    String body = json.write(incident);
    long now = clock.instant().getEpochSecond();
    boolean fresh =
        writer.write(
            c -> {
              int added =
                  Sql.of(
                          "INSERT INTO seen (signal, at) VALUES (?, ?)"
                              + " ON CONFLICT (signal) DO NOTHING",
                          signalId,
                          now)
                      .update(c);
              return added > 0 && upsert(c, incident, body);
            });
    if (counted.incrementAndGet() % FORGET_EVERY == 0) {
      forget(now - MEMORY.toSeconds());
    }
    forgetting.sometimes(clock.instant());
    return fresh;
  }

  @Override
  public void save(CaseFile file) {
    String body = json.write(file);
    writer.write(
        c ->
            Sql.of(
                    "INSERT INTO case_file (incident, body) VALUES (?, ?)"
                        + " ON CONFLICT (incident) DO UPDATE SET body = excluded.body",
                    file.incident().value(),
                    body)
                .update(c));
  }

  @Override
  public Optional<CaseFile> caseFile(IncidentId incident) {
    return readers.read(
        c ->
            Sql.of("SELECT body FROM case_file WHERE incident = ?", incident.value())
                .first(c, r -> json.read(r.getString(1), CaseFile.class)));
  }

  @Override
  public void save(Delivery delivery) {
    writer.write(
        c ->
            Sql.of(
                    "INSERT INTO delivery (id, incident, channel, reference, at)"
                        + " VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET reference ="
                        + " excluded.reference, at = excluded.at",
                    delivery.id().value(),
                    delivery.incident().value(),
                    delivery.channel(),
                    delivery.reference(),
                    delivery.at().toString())
                .update(c));
  }

  @Override
  public Optional<Delivery> delivery(DeliveryId id) {
    return readers.read(
        c ->
            Sql.of("SELECT * FROM delivery WHERE id = ?", id.value()).first(c, SqlStore::delivery));
  }

  @Override
  public List<Delivery> deliveries(IncidentId incident) {
    return readers.read(
        c ->
            Sql.of("SELECT * FROM delivery WHERE incident = ?", incident.value())
                .list(c, SqlStore::delivery)
                .stream()
                .sorted(Comparator.comparing(Delivery::at).thenComparing(d -> d.id().value()))
                .toList());
  }

  @Override
  public void save(Outcome outcome) {
    writer.write(
        c ->
            Sql.of(
                    "INSERT INTO outcome (sequence, delivery, kind, detail, at)"
                        + " VALUES (?, ?, ?, ?, ?)",
                    outcomeSequence.incrementAndGet(),
                    outcome.delivery().value(),
                    outcome.kind().name(),
                    outcome.detail(),
                    outcome.at().toString())
                .update(c));
  }

  @Override
  public List<Outcome> outcomes(DeliveryId delivery) {
    return readers.read(
        c ->
            Sql.of("SELECT * FROM outcome WHERE delivery = ? ORDER BY sequence", delivery.value())
                .list(
                    c,
                    r ->
                        new Outcome(
                            new DeliveryId(r.getString("delivery")),
                            Outcome.Kind.valueOf(r.getString("kind")),
                            r.getString("detail"),
                            Sql.instant(r))));
  }

  /** One page of incidents. */
  public IncidentPage incidents(IncidentQuery query) {
    StringBuilder where = new StringBuilder(" WHERE 1 = 1");
    List<Object> parameters = new ArrayList<>();
    for (String word : query.search().toLowerCase(Locale.ROOT).strip().split("\\s+")) {
      if (!word.isEmpty() && parameters.size() < 10) {
        where.append(" AND search LIKE ? ESCAPE '!'");
        parameters.add("%" + word.replaceAll("[!%_]", "!$0") + "%");
      }
    }
    String order = query.sort().column() + (query.descending() ? " DESC" : " ASC") + ", id ASC";
    return readers.read(
        c -> {
          long total = new Sql("SELECT COUNT(*) FROM incident" + where, parameters).number(c);
          List<Object> paged = new ArrayList<>(parameters);
          Collections.addAll(paged, query.limit(), query.offset());
          String text =
              "SELECT body FROM incident" + where + " ORDER BY " + order + " LIMIT ? OFFSET ?";
          return new IncidentPage(new Sql(text, paged).list(c, this::incident), total);
        });
  }

  /**
   * Occurrences in each of the last {@code minutes} minutes, oldest first; the last one is the
   * minute of {@code until}. Kept for a week.
   */
  public List<Long> perMinute(IncidentId incident, Instant until, int minutes) {
    long last = until.getEpochSecond() / 60;
    long first = last - minutes + 1;
    Long[] counts = new Long[minutes];
    java.util.Arrays.fill(counts, 0L);
    readers.read(
        c ->
            Sql.of(
                    "SELECT minute, occurrences FROM occurrence WHERE incident = ? AND minute"
                        + " BETWEEN ? AND ?",
                    incident.value(),
                    first,
                    last)
                .list(
                    c,
                    r -> {
                      counts[(int) (r.getLong(1) - first)] = r.getLong(2);
                      return first;
                    }));
    return List.of(counts);
  }

  private boolean upsert(Connection c, Incident incident, String body) throws SQLException {
    String id = incident.id().value();
    String service = incident.sample().origin().service();
    long before = Sql.of("SELECT occurrences FROM incident WHERE id = ?", id).number(c);
    Sql.of(
            "INSERT INTO incident (id, service, title, type, search, first_seen, last_seen,"
                + " occurrences, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO"
                + " UPDATE SET title = excluded.title, type = excluded.type, search ="
                + " excluded.search, first_seen = excluded.first_seen, last_seen ="
                + " excluded.last_seen, occurrences = excluded.occurrences, body = excluded.body",
            id,
            service,
            incident.title(),
            incident.exception().root().type(),
            searchable(incident, service),
            incident.firstSeen().toEpochMilli(),
            incident.lastSeen().toEpochMilli(),
            incident.count(),
            body)
        .update(c);
    for (String hash : incident.fingerprint().hashes()) {
      Sql.of(
              "INSERT INTO incident_hash (service, hash, incident) VALUES (?, ?, ?)"
                  + " ON CONFLICT (service, hash) DO NOTHING",
              service,
              hash,
              id)
          .update(c);
    }
    if (incident.count() > before) {
      Sql.of(
              "INSERT INTO occurrence (incident, minute, occurrences) VALUES (?, ?, ?)"
                  + " ON CONFLICT (incident, minute) DO UPDATE SET occurrences ="
                  + " occurrence.occurrences + excluded.occurrences",
              id,
              incident.lastSeen().getEpochSecond() / 60,
              incident.count() - before)
          .update(c);
    }
    return true;
  }

  private void forget(long before) {
    writer.write(
        c ->
            Sql.of("DELETE FROM seen WHERE at < ?", before).update(c)
                + Sql.of("DELETE FROM occurrence WHERE minute < ?", before / 60).update(c));
  }

  private long highest(String table) {
    return readers.read(c -> Sql.of("SELECT MAX(sequence) FROM " + table).number(c));
  }

  private Incident incident(ResultSet row) throws SQLException {
    return json.read(row.getString("body"), Incident.class);
  }

  private static String searchable(Incident incident, String service) {
    String message = incident.exception().root().message();
    String text =
        String.join(
            " ",
            incident.id().value(),
            service,
            incident.title(),
            incident.exception().root().type(),
            message == null ? "" : message.substring(0, Math.min(500, message.length())));
    return text.toLowerCase(Locale.ROOT);
  }

  private static JournalEntry entry(ResultSet row) throws SQLException {
    return new JournalEntry(
        row.getLong("sequence"),
        new IncidentId(row.getString("incident")),
        JournalEntry.Step.valueOf(row.getString("step")),
        JournalEntry.State.valueOf(row.getString("state")),
        row.getString("detail"),
        row.getString("data"),
        Sql.instant(row));
  }

  private static Delivery delivery(ResultSet row) throws SQLException {
    return new Delivery(
        new DeliveryId(row.getString("id")),
        new IncidentId(row.getString("incident")),
        row.getString("channel"),
        row.getString("reference"),
        Sql.instant(row));
  }
}
