package dev.fettle.server.pages;

import dev.fettle.intake.agent.AgentEndpoint;
import dev.fettle.server.view.ServerStatus;
import java.util.function.Supplier;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;

/** Connected services and instances. */
@Controller
class ServicePages {
  private final AgentEndpoint agents;
  private final Supplier<ServerStatus> status;

  ServicePages(AgentEndpoint agents, Supplier<ServerStatus> status) {
    this.agents = agents;
    this.status = status;
  }

  @GetMapping("/services")
  String services(
      @RequestHeader(name = "HX-Request", defaultValue = "false") boolean fragment, Model model) {
    model.addAttribute("instances", agents.instances());
    model.addAttribute("status", status.get());
    return fragment ? "services :: list" : "services";
  }
}
