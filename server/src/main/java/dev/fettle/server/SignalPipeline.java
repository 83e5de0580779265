package dev.fettle.server;

import dev.fettle.contract.model.Admission;
import dev.fettle.contract.model.CaseFile;
import dev.fettle.contract.model.Diagnosis;
import dev.fettle.contract.model.HealPolicy;
import dev.fettle.contract.model.IncidentId;
import dev.fettle.contract.model.Signal;
import dev.fettle.engine.monitor.Monitor;
import dev.fettle.intake.agent.AgentEndpoint;
import dev.fettle.server.heal.HealDesk;
import dev.fettle.server.heal.HealRoad;
import dev.fettle.server.heal.HealRoads;
import dev.fettle.server.pages.LiveEvents;
import dev.fettle.store.SqlStore;
import java.time.Clock;
import java.util.Optional;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;

/** From a signal to an incident to the repair queue. */
@Component
class SignalPipeline implements SmartLifecycle {
  private final AgentEndpoint agents;
  private final Monitor monitor;
  private final Optional<RepairShop> shop;
  private final LiveEvents events;
  private final HealDesk heals;
  private final HealRoads roads;
  private volatile boolean running;

  SignalPipeline(
      AgentEndpoint agents,
      Monitor monitor,
      Optional<RepairShop> shop,
      LiveEvents events,
      SqlStore store,
      HealPolicy healing,
      ServerSettings settings,
      LanguageModels models,
      Clock clock) {
    this.agents = agents;
    this.monitor = monitor;
    this.shop = shop;
    this.events = events;
    this.roads =
        HealRoads.open(
            settings.dataDirectory(),
            models::healers,
            healing,
            HealDesk.harmful(store.heals()),
            revision -> shop.flatMap(s -> s.project(revision)),
            new HealRoad.Post() {
              @Override
              public boolean install(String instance, byte[] order, byte[] signature) {
                return agents.install(instance, order, signature);
              }

              @Override
              public boolean prefer(String instance, byte[] order, byte[] signature) {
                return agents.prefer(instance, order, signature);
              }
            },
            clock);
    this.heals =
        new HealDesk(
            store.heals(), agents, healing, this::admit, roads.road(), id -> cause(store, id));
  }

  private static Optional<String> cause(SqlStore store, IncidentId id) {
    return store
        .caseFile(id)
        .flatMap(CaseFile::analysis)
        .filter(Diagnosis.class::isInstance)
        .map(a -> ((Diagnosis) a).rootCause());
  }

  @Override
  public void start() {
    heals.open();
    agents.start(this::admit);
    shop.ifPresent(RepairShop::open);
    running = true;
  }

  /** Returns when the signal is durable; the repair goes on elsewhere. */
  private Admission admit(Signal signal) {
    Admission admission = monitor.admit(signal);
    if (admission instanceof Admission.Opened opened) {
      shop.ifPresent(s -> s.submit(opened.incident(), false));
      roads.road().failed(opened.incident(), signal);
      events.changed(opened.incident().id().value());
    } else if (admission instanceof Admission.Duplicate duplicate) {
      shop.ifPresent(s -> s.submit(duplicate.incident(), duplicate.enriched()));
      roads.road().failed(duplicate.incident(), signal);
      events.changed(duplicate.incident().id().value());
    }
    return admission;
  }

  /** What was healed, and the switch of each site. */
  @Bean
  HealDesk healDesk() {
    return heals;
  }

  @Override
  public void stop() {
    running = false;
    roads.close();
    shop.ifPresent(RepairShop::close);
  }

  /** Before the web server and after it: what an agent posts is taken by somebody. */
  @Override
  public int getPhase() {
    return WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE - 1;
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
