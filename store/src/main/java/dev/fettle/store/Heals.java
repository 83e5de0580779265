package dev.fettle.store;

import dev.fettle.contract.model.HealRecord;
import dev.fettle.contract.model.IncidentId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Heals and the sites that people switched off. Writes return when durable. Thread-safe. */
public final class Heals {
  private static final int LARGEST_PAGE = 500;

  private final Json json;
  private final Writer writer;
  private final Readers readers;

  Heals(Json json, Writer writer, Readers readers) {
    this.json = json;
    this.writer = writer;
    this.readers = readers;
  }

  /** Inserts or replaces. */
  public void save(HealRecord heal) {
    String body = json.write(heal);
    writer.write(
        c ->
            Sql.of(
                    "INSERT INTO heal (id, site, incident, at, body) VALUES (?, ?, ?, ?, ?)"
                        + " ON CONFLICT (id) DO UPDATE SET incident = excluded.incident,"
                        + " body = excluded.body",
                    heal.id(),
                    heal.site(),
                    heal.incident().map(IncidentId::value).orElse(""),
                    heal.at().toEpochMilli(),
                    body)
                .update(c));
  }

  /** The heal of that id. */
  public Optional<HealRecord> heal(String id) {
    return readers.read(
        c ->
            Sql.of("SELECT body FROM heal WHERE id = ?", id)
                .first(c, r -> json.read(r.getString(1), HealRecord.class)));
  }

  /** Latest first, at most {@code limit} and 500. */
  public List<HealRecord> latest(int limit) {
    return list(Sql.of("SELECT body FROM heal ORDER BY at DESC, id LIMIT ?", within(limit)));
  }

  /** Of one site, latest first. */
  public List<HealRecord> at(String site, int limit) {
    return list(
        Sql.of(
            "SELECT body FROM heal WHERE site = ? ORDER BY at DESC, id LIMIT ?",
            site,
            within(limit)));
  }

  /** Of one incident, latest first. */
  public List<HealRecord> of(IncidentId incident, int limit) {
    return list(
        Sql.of(
            "SELECT body FROM heal WHERE incident = ? ORDER BY at DESC, id LIMIT ?",
            incident.value(),
            within(limit)));
  }

  /**
   * What heals that ended badly were, each once.
   *
   * @param what is kept of such a heal
   */
  public <T> Set<T> harmful(Function<HealRecord, T> what) {
    Sql candidates = Sql.of("SELECT body FROM heal WHERE body LIKE '%\"good\":false%'");
    List<Optional<T>> found =
        readers.read(
            c ->
                candidates.list(
                    c,
                    r ->
                        Optional.of(json.read(r.getString(1), HealRecord.class))
                            .filter(Heals::endedBadly)
                            .map(what)));
    return found.stream().flatMap(Optional::stream).collect(Collectors.toSet());
  }

  private static boolean endedBadly(HealRecord heal) {
    return heal.outcome().filter(ending -> !ending.good()).isPresent();
  }

  private List<HealRecord> list(Sql sql) {
    return readers.read(c -> sql.list(c, r -> json.read(r.getString(1), HealRecord.class)));
  }

  private static int within(int limit) {
    return Math.max(0, Math.min(limit, LARGEST_PAGE));
  }

  /** Switches a site off, or on again. */
  public void disable(String site, boolean off) {
    writer.write(
        c ->
            off
                ? Sql.of(
                        "INSERT INTO heal_off (site) VALUES (?) ON CONFLICT (site) DO NOTHING",
                        site)
                    .update(c)
                : Sql.of("DELETE FROM heal_off WHERE site = ?", site).update(c));
  }

  /** Sites that are switched off, by name. */
  public Set<String> disabled() {
    List<String> sites =
        readers.read(c -> Sql.of("SELECT site FROM heal_off").list(c, r -> r.getString(1)));
    return new TreeSet<>(sites);
  }
}
