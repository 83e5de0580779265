package dev.fettle.server.api;

import dev.fettle.contract.model.IncidentId;
import dev.fettle.server.view.ModelDesk;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** The language model: what it would be told, what it cost, what can be learned from it. */
@Tag(name = "model")
@RestController
@RequestMapping("/api/v1")
class ModelController {
  private static final int MOST = 1_000;

  private final ModelDesk desk;

  ModelController(ModelDesk desk) {
    this.desk = desk;
  }

  /** Lines of chat JSONL. */
  record Training(List<String> lines) {}

  @Operation(summary = "Exactly what a language model would be told; nothing is sent")
  @GetMapping("/incidents/{id}/prompt")
  ModelDesk.Shown prompt(@PathVariable String id) {
    IncidentId incident;
    try {
      incident = new IncidentId(id);
    } catch (IllegalArgumentException e) {
      throw new ResponseStatusException(HttpStatus.BAD_REQUEST, e.getMessage(), e);
    }
    ModelDesk.Sight sight =
        desk.prompt(incident)
            .orElseThrow(() -> missing("no diagnosis of " + id + " whose revision can be read"));
    if (sight instanceof ModelDesk.Unasked unasked) {
      throw missing("nothing would be sent about " + id + ": " + unasked.why());
    }
    return (ModelDesk.Shown) sight;
  }

  private static ResponseStatusException missing(String why) {
    return new ResponseStatusException(HttpStatus.NOT_FOUND, why);
  }

  @Operation(summary = "Tokens, cost and the latest questions")
  @GetMapping("/llm/ledger")
  ModelDesk.Account ledger(@RequestParam(defaultValue = "50") int latest) {
    if (latest < 0 || latest > MOST) {
      throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "latest is between 0 and " + MOST);
    }
    return desk.account(latest);
  }

  @Operation(summary = "Passed answers as chat JSONL for fine-tuning")
  @GetMapping("/llm/training")
  Training training(@RequestParam(defaultValue = "") Set<String> only) {
    return new Training(desk.training(only));
  }
}
