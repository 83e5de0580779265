package dev.fettle.cli.demo;

import dev.fettle.cli.run.CommandFailure;
import dev.fettle.cli.run.ExitCode;
import dev.fettle.cli.run.ServerClient;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Watches incidents through the server's API. */
final class IncidentWatch {
  private static final long POLL_MS = 40;

  private final ServerClient client;

  IncidentWatch(ServerClient client) {
    this.client = client;
  }

  /** Waits until the server has read the project; returns how project code is confined. */
  String awaitWarm(Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    JsonNode status;
    do {
      status = client.get("/status");
      if (status.path("warm").asBoolean(false)) {
        return status.path("confinement").asString("");
      }
      String failure = status.path("projectFailure").asString("");
      if (!failure.isEmpty()) {
        throw new CommandFailure(ExitCode.INTERNAL, "the project cannot be read: " + failure);
      }
      Service.pause(200);
    } while (System.nanoTime() < deadline);
    throw new CommandFailure(
        ExitCode.INTERNAL, "the server was not warm within " + limit.toSeconds() + " s");
  }

  Set<String> known() {
    Set<String> ids = new HashSet<>();
    client
        .get("/incidents?size=500")
        .path("incidents")
        .forEach(i -> ids.add(i.path("id").asString()));
    return ids;
  }

  /**
   * The incident that opened since: the newest one not known before, else one that was seen again
   * after {@code since}.
   */
  Optional<String> awaitNew(Set<String> known, Instant since, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    String again = "";
    do {
      for (JsonNode incident : client.get("/incidents?size=500").path("incidents")) {
        String id = incident.path("id").asString();
        if (!known.contains(id)) {
          return Optional.of(id);
        }
        if (!Instant.parse(incident.path("lastSeen").asString()).isBefore(since)) {
          again = id;
        }
      }
      Service.pause(POLL_MS);
    } while (System.nanoTime() < deadline);
    return again.isEmpty() ? Optional.empty() : Optional.of(again);
  }

  /** Waits until the repair road has ended for the incident, confirmation aside. */
  JsonNode awaitSettled(String id, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    JsonNode incident;
    do {
      incident = client.get("/incidents/" + id);
      if (incident.path("settled").asBoolean(false)) {
        return incident;
      }
      Service.pause(POLL_MS);
    } while (System.nanoTime() < deadline);
    return incident;
  }

  JsonNode incident(String id) {
    return client.get("/incidents/" + id);
  }

  /** Waits until no confirmation is outstanding. */
  void awaitConfirmed(Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (client.get("/status").path("confirming").asInt(0) > 0 && System.nanoTime() < deadline) {
      Service.pause(250);
    }
  }
}
