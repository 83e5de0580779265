package dev.fettle.server.api;

import dev.fettle.contract.model.DeliveryId;
import dev.fettle.contract.model.IncidentId;
import dev.fettle.engine.loop.Desk;
import dev.fettle.server.view.IncidentDetail;
import dev.fettle.server.view.IncidentIndex;
import dev.fettle.server.view.IncidentReader;
import dev.fettle.server.view.IncidentSummary;
import dev.fettle.server.view.Reason;
import dev.fettle.server.view.RestorableInputs;
import dev.fettle.source.reproduce.InputCensus;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Incidents and the decisions about them. */
@Tag(name = "incidents")
@RestController
@RequestMapping("/api/v1")
class IncidentController {
  private static final int LARGEST_PAGE = 500;

  private final IncidentIndex index;
  private final IncidentReader reader;
  private final Optional<Desk> desk;
  private final RestorableInputs inputs;

  IncidentController(
      IncidentIndex index, IncidentReader reader, Optional<Desk> desk, RestorableInputs inputs) {
    this.index = index;
    this.reader = reader;
    this.desk = desk;
    this.inputs = inputs;
  }

  /** One page of incidents. */
  record Page(List<IncidentSummary> incidents, long total) {}

  /** Why a patch is refused. */
  record Rejection(@Nullable String reason) {}

  /** What a decision led to. */
  record Decided(String incident, String status, String detail, List<Handed> deliveries) {}

  /** A delivery and its latest state. */
  record Handed(String id, String channel, String result) {}

  @Operation(summary = "Incidents, latest first")
  @GetMapping("/incidents")
  Page incidents(
      @RequestParam(defaultValue = "") String query,
      @RequestParam(defaultValue = "lastSeen") String sort,
      @RequestParam(defaultValue = "0") int page,
      @RequestParam(defaultValue = "50") int size) {
    if (page < 0 || size < 1 || size > LARGEST_PAGE) {
      throw new ResponseStatusException(
          HttpStatus.BAD_REQUEST, "page counts from 0, size is between 1 and " + LARGEST_PAGE);
    }
    return new Page(index.page(query, sort, page, size), index.total(query));
  }

  @Operation(summary = "All that is known of one incident")
  @GetMapping("/incidents/{id}")
  IncidentDetail incident(@PathVariable String id) {
    return found(incidentId(id));
  }

  @Operation(summary = "Per frame, how many inputs a test can restore, stub, or has lost")
  @GetMapping("/incidents/{id}/inputs")
  InputCensus inputs(@PathVariable String id) {
    IncidentId incident = incidentId(id);
    found(incident);
    return inputs
        .of(incident)
        .orElseThrow(
            () ->
                new ResponseStatusException(
                    HttpStatus.CONFLICT,
                    "inputs are counted on the classes of the project: this server has no"
                        + " repository, or cannot read the incident's revision"));
  }

  @Operation(summary = "Deliver the proposed patch through the channels that wait for approval")
  @PostMapping("/incidents/{id}/approve")
  Decided approve(@PathVariable String id, @Nullable Principal who) {
    IncidentId incident = incidentId(id);
    found(incident);
    return decided(incident, desk().approve(incident, name(who)));
  }

  @Operation(summary = "Refuse the patch; it is never proposed again")
  @PostMapping("/incidents/{id}/reject")
  Decided reject(
      @PathVariable String id, @RequestBody Rejection rejection, @Nullable Principal who) {
    String reason = Reason.checked(rejection.reason());
    IncidentId incident = incidentId(id);
    found(incident);
    return decided(incident, desk().reject(incident, name(who), reason));
  }

  @Operation(summary = "Take a delivery back")
  @PostMapping("/deliveries/{id}/rollback")
  Decided rollback(@PathVariable String id, @Nullable Principal who) {
    DeliveryId delivery;
    try {
      delivery = new DeliveryId(id);
    } catch (IllegalArgumentException e) {
      throw new ResponseStatusException(HttpStatus.BAD_REQUEST, e.getMessage(), e);
    }
    IncidentId incident =
        index
            .incidentOf(delivery)
            .orElseThrow(
                () -> new ResponseStatusException(HttpStatus.NOT_FOUND, "no such delivery: " + id));
    return decided(incident, desk().rollback(delivery, name(who), ""));
  }

  private Decided decided(IncidentId id, Desk.Decision decision) {
    HttpStatus status = status(decision);
    if (status != HttpStatus.OK) {
      throw new ResponseStatusException(status, decision.detail());
    }
    IncidentDetail detail = found(id);
    return new Decided(
        id.value(),
        detail.status(),
        decision.detail(),
        detail.deliveries().stream()
            .map(
                d ->
                    new Handed(
                        d.id(),
                        d.channel(),
                        d.outcomes().isEmpty()
                            ? d.reference()
                            : d.outcomes().get(d.outcomes().size() - 1).kind()))
            .toList());
  }

  /** The command line makes its exit codes of these. */
  private static HttpStatus status(Desk.Decision decision) {
    if (decision instanceof Desk.Decision.Refused) {
      return HttpStatus.CONFLICT;
    }
    if (decision instanceof Desk.Decision.Withheld) {
      return HttpStatus.FORBIDDEN;
    }
    return decision instanceof Desk.Decision.Undelivered
        ? HttpStatus.INTERNAL_SERVER_ERROR
        : HttpStatus.OK;
  }

  private Desk desk() {
    return desk.orElseThrow(
        () ->
            new ResponseStatusException(
                HttpStatus.CONFLICT, "this server has no repository, so it has nothing to decide"));
  }

  private IncidentDetail found(IncidentId id) {
    return reader
        .detail(id)
        .orElseThrow(
            () -> new ResponseStatusException(HttpStatus.NOT_FOUND, "no such incident: " + id));
  }

  private static IncidentId incidentId(String id) {
    try {
      return new IncidentId(id);
    } catch (IllegalArgumentException e) {
      throw new ResponseStatusException(HttpStatus.BAD_REQUEST, e.getMessage(), e);
    }
  }

  private static String name(@Nullable Principal who) {
    return who == null ? "local user" : who.getName();
  }
}
