package dev.fettle.server.api;

import dev.fettle.contract.model.AgentInstance;
import dev.fettle.intake.agent.AgentEndpoint;
import dev.fettle.server.view.ServerStatus;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What this server is doing, and who is connected. */
@Tag(name = "status")
@RestController
@RequestMapping("/api/v1")
class StatusController {
  private final Supplier<ServerStatus> status;
  private final AgentEndpoint agents;

  StatusController(Supplier<ServerStatus> status, AgentEndpoint agents) {
    this.status = status;
    this.agents = agents;
  }

  /** Connected instances of one service. */
  record Service(String name, List<AgentInstance> instances) {}

  @Operation(
      summary = "Whether the server is warm, how project code is confined, what is under way")
  @GetMapping("/status")
  ServerStatus status() {
    return status.get();
  }

  @Operation(summary = "Connected services and their instances")
  @GetMapping("/services")
  List<Service> services() {
    Map<String, List<AgentInstance>> byName = new TreeMap<>();
    for (AgentInstance instance : agents.instances()) {
      byName.computeIfAbsent(instance.origin().service(), n -> new ArrayList<>()).add(instance);
    }
    return byName.entrySet().stream().map(e -> new Service(e.getKey(), e.getValue())).toList();
  }
}
