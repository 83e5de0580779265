package dev.fettle.cli.demo;

import dev.fettle.cli.demo.FaultManifest.Exchange;
import dev.fettle.cli.demo.FaultManifest.Fault;
import dev.fettle.cli.demo.Service.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Triggers one fault and follows its incident to the end. */
final class FaultDrive {
  private static final Duration CAPTURE_LIMIT = Duration.ofSeconds(8);
  private static final Duration REPAIR_LIMIT = Duration.ofMinutes(2);

  private static final Pattern NO_HOT_PATCH =
      Pattern.compile("hotpatch (failed|withheld).{0,300}?(?=; (branch|patchfile)|$)");

  private final Service service;
  private final IncidentWatch watch;
  private final Workspace workspace;
  private final Path jdk;

  FaultDrive(Service service, IncidentWatch watch, Workspace workspace, Path jdk) {
    this.service = service;
    this.watch = watch;
    this.workspace = workspace;
    this.jdk = jdk;
  }

  FaultOutcome drive(Fault fault) {
    Set<String> known = watch.known();
    Instant began = Instant.now();
    Answer before = new Answer(0, "");
    for (Exchange exchange : fault.requests()) {
      before = service.send(exchange);
    }
    if (!service.alive()) {
      return lost(fault, before, "the service ended");
    }
    Optional<String> id = watch.awaitNew(known, began, CAPTURE_LIMIT);
    if (id.isEmpty()) {
      return lost(
          fault,
          before,
          before.status() >= 500
              ? "no incident opened"
              : "the request did not fail: " + before.status());
    }
    JsonNode incident = watch.awaitSettled(id.get(), REPAIR_LIMIT);
    Answer after = service.send(fault.failing());
    boolean hot =
        incident.path("timings").hasNonNull("hotPatchMs")
            && after.status() == fault.expect().status()
            && BodyMatch.matches(fault.expect().body(), after.body());
    return outcome(
        fault,
        incident,
        known.contains(id.get()),
        before,
        after,
        hot,
        null,
        hot ? "" : difference(fault, incident, after));
  }

  /** Why the fault is not healed live though it has a patch; empty without one. */
  private static String difference(Fault fault, JsonNode incident, Answer after) {
    if (!incident.path("timings").hasNonNull("hotPatchMs")) {
      for (JsonNode entry : incident.path("timeline")) {
        Matcher why = NO_HOT_PATCH.matcher(entry.path("detail").asString(""));
        if (entry.path("step").asString("").equals("DELIVER") && why.find()) {
          return why.group();
        }
      }
      return "";
    }
    return after.status() == fault.expect().status()
        ? "hot patched, but answers with another body than expected"
        : "hot patched, but answers "
            + after.status()
            + " where "
            + fault.expect().status()
            + " is expected";
  }

  /** What the hidden oracles say of the branch; empty when there is no branch or no oracle. */
  Optional<Boolean> correct(Fault fault, FaultOutcome outcome) {
    String branch = outcome.branch();
    if (!outcome.patched() || branch == null || fault.oracles() == null) {
      return Optional.empty();
    }
    return Optional.of(Oracles.pass(workspace.export(branch, fault.id()), fault.oracles(), jdk));
  }

  /** The same outcome after confirmation. A branch that was withdrawn is not judged. */
  FaultOutcome settle(Fault fault, FaultOutcome outcome, Optional<Boolean> correct) {
    if (outcome.incident() == null) {
      return outcome;
    }
    JsonNode incident = watch.incident(outcome.incident());
    Answer before = new Answer(outcome.answeredBefore(), "");
    Answer after = new Answer(outcome.answeredAfter(), "");
    boolean shared = !outcome.captured();
    boolean hot = outcome.hotPatched();
    String note = outcome.note();
    FaultOutcome last =
        outcome(fault, incident, shared, before, after, hot, correct.orElse(null), note);
    return last.patched() ? last : outcome(fault, incident, shared, before, after, hot, null, note);
  }

  private FaultOutcome outcome(
      Fault fault,
      JsonNode incident,
      boolean shared,
      Answer before,
      Answer after,
      boolean hot,
      @Nullable Boolean correct,
      String otherwise) {
    String branch = null;
    String delivery = null;
    boolean withdrawn = false;
    for (JsonNode d : incident.path("deliveries")) {
      if (d.path("channel").asString().equals("branch")) {
        branch = d.path("reference").asString();
        delivery = d.path("id").asString();
        for (JsonNode o : d.path("outcomes")) {
          withdrawn |= o.path("kind").asString().equals("WITHDRAWN");
        }
      }
    }
    JsonNode timings = incident.path("timings");
    String said =
        shared ? "shares the incident of an earlier fault" : incident.path("note").asString("");
    String note = said.isEmpty() ? otherwise : said;
    return new FaultOutcome(
        fault.id(),
        incident.path("id").asString(),
        incident.path("exception").path("type").asString(""),
        incident.path("status").asString(""),
        !shared,
        incident.path("reproduction").path("reproduced").asBoolean(false),
        branch != null && !withdrawn && workspace.hasBranch(branch),
        correct,
        hot,
        millis(timings, "detectionMs"),
        millis(timings, "diagnosisMs"),
        millis(timings, "hotPatchMs"),
        millis(timings, "mttrMs"),
        millis(timings, "confirmedMs"),
        branch,
        delivery,
        incident.path("chosen").path("generator").asString(""),
        before.status(),
        after.status(),
        note);
  }

  private static FaultOutcome lost(Fault fault, Answer before, String note) {
    return new FaultOutcome(
        fault.id(),
        null,
        "",
        "",
        false,
        false,
        false,
        null,
        false,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        "",
        before.status(),
        0,
        note);
  }

  private static @Nullable Long millis(JsonNode timings, String name) {
    return timings.hasNonNull(name) ? Long.valueOf(timings.path(name).asLong()) : null;
  }
}
