package dev.fettle.server;

import dev.fettle.engine.monitor.Monitor;
import dev.fettle.intake.agent.AgentEndpoint;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The server's own metrics, named {@code fettle.*}. */
@Component
class ServerMetrics implements MeterBinder {
  private final AgentEndpoint agents;
  private final Monitor monitor;
  private final Optional<RepairShop> shop;

  ServerMetrics(AgentEndpoint agents, Monitor monitor, Optional<RepairShop> shop) {
    this.agents = agents;
    this.monitor = monitor;
    this.shop = shop;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("fettle.agents", agents, a -> a.instances().size())
        .description("Connected agents")
        .register(registry);
    FunctionCounter.builder("fettle.signals.dropped", agents, AgentEndpoint::dropped)
        .description("Signals that could not be read or stored")
        .register(registry);
    FunctionCounter.builder("fettle.signals.replayed", agents, AgentEndpoint::replayed)
        .description("Signals that agents sent again after they were stored")
        .register(registry);
    FunctionCounter.builder("fettle.failures.unsent", agents, AgentEndpoint::unsent)
        .description("Failures that connected agents saw and did not send")
        .register(registry);
    FunctionCounter.builder("fettle.failures.anticipated", agents, AgentEndpoint::anticipated)
        .description("Failures that the applications of connected agents were prepared for")
        .register(registry);
    FunctionCounter.builder("fettle.signals.throttled", monitor, Monitor::throttled)
        .description("Signals kept out by a rate limit")
        .register(registry);
    FunctionCounter.builder("fettle.heals", agents, a -> a.healTotals().getOrDefault("healed", 0L))
        .description("Heals that connected agents reported since their processes started")
        .register(registry);
    FunctionCounter.builder(
            "fettle.heals.refused", agents, a -> a.healTotals().getOrDefault("refused", 0L))
        .description("Heals that connected agents refused since their processes started")
        .register(registry);
    shop.ifPresent(
        s -> {
          Gauge.builder("fettle.repairs.underway", s, RepairShop::repairing)
              .description("Incidents queued or on the road")
              .register(registry);
          Gauge.builder("fettle.confirmations.outstanding", s, RepairShop::confirming)
              .description("Deliveries that the project's own build has still to confirm")
              .register(registry);
        });
  }
}
