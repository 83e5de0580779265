package dev.fettle.server;

import dev.fettle.checkout.GitRevisions;
import dev.fettle.contract.model.HealPolicy;
import dev.fettle.contract.model.IncidentId;
import dev.fettle.contract.model.Policy;
import dev.fettle.contract.spi.Revisions;
import dev.fettle.engine.loop.Desk;
import dev.fettle.engine.monitor.Limits;
import dev.fettle.engine.monitor.Monitor;
import dev.fettle.intake.agent.AgentEndpoint;
import dev.fettle.server.agents.AgentKeys;
import dev.fettle.server.pages.LiveEvents;
import dev.fettle.server.security.OwnerToken;
import dev.fettle.server.view.IncidentIndex;
import dev.fettle.server.view.IncidentReader;
import dev.fettle.server.view.ModelDesk;
import dev.fettle.server.view.RestorableInputs;
import dev.fettle.server.view.ServerStatus;
import dev.fettle.server.view.Trees;
import dev.fettle.store.Retention;
import dev.fettle.store.SqlStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

/** Wires the rooms. The only place that sees who plays which role. */
@Configuration(proxyBeanMethods = false)
class Composition {
  private static final Logger log = LoggerFactory.getLogger(Composition.class);

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean(destroyMethod = "close")
  DataLock dataLock(ServerSettings settings) {
    Path data = settings.dataDirectory();
    try {
      return DataLock.of(data, DataLock.PATIENCE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write in the data directory " + data, e);
    }
  }

  /** The lock is taken before, and released after. */
  @Bean(destroyMethod = "close")
  SqlStore store(
      ServerSettings settings,
      @Value("${fettle.database-limit:0B}") DataSize limit,
      @Value("${fettle.retention:90d}") Duration retention,
      @Value("${fettle.retention-size:2GB}") DataSize retentionSize,
      DataLock lock,
      Clock clock) {
    Path data = settings.dataDirectory();
    SqlStore store =
        SqlStore.open(
            data.resolve("fettle.db"),
            clock,
            limit.toBytes(),
            new Retention(retention, retentionSize.toBytes()));
    store
        .quarantined()
        .ifPresent(
            file ->
                log.warn(
                    "the database was damaged; it was put aside as {} and a fresh one begun",
                    file));
    return store;
  }

  @Bean
  OwnerToken ownerToken(ServerSettings settings, DataLock lock, Clock clock) {
    return OwnerToken.in(settings.dataDirectory(), clock);
  }

  @Bean
  AgentKeys agentKeys(ServerSettings settings) {
    String key = settings.key();
    if (key == null || key.isBlank()) {
      byte[] random = new byte[24];
      new SecureRandom().nextBytes(random);
      key = HexFormat.of().formatHex(random);
      log.warn("no fettle.key is set: agents cannot connect until one is");
    }
    return new AgentKeys(key, settings.publicKey());
  }

  @Bean(destroyMethod = "close")
  AgentEndpoint agents(Clock clock) {
    return new AgentEndpoint(clock);
  }

  @Bean
  Monitor monitor(SqlStore store, Clock clock) {
    return new Monitor(store, store, Limits.defaults(), clock, System::nanoTime);
  }

  @Bean
  Policy ceiling(ServerSettings settings) {
    return Policies.ceiling(settings.policy());
  }

  @Bean
  HealPolicy healing(ServerSettings settings) {
    return Policies.healing(settings);
  }

  @Bean
  LanguageModels languageModels(ServerSettings settings, SqlStore store, Clock clock) {
    return LanguageModels.open(settings, store, clock);
  }

  @Bean
  @ConditionalOnProperty("fettle.repository")
  Revisions revisions(ServerSettings settings) {
    return new GitRevisions(
        settings.repositoryRoot().orElseThrow(), settings.dataDirectory().resolve("trees"));
  }

  @Bean
  @ConditionalOnProperty("fettle.repository")
  RepairShop repairShop(
      ServerSettings settings,
      Revisions revisions,
      SqlStore store,
      AgentEndpoint agents,
      Policy ceiling,
      LiveEvents events,
      LanguageModels models,
      Clock clock) {
    return new RepairShop(settings, revisions, store, agents, ceiling, events, models, clock);
  }

  @Bean
  @ConditionalOnProperty("fettle.repository")
  Desk desk(RepairShop shop) {
    return shop.desk();
  }

  @Bean
  ModelDesk modelDesk(LanguageModels models, Optional<RepairShop> shop) {
    return new ModelDesk() {
      @Override
      public Account account(int latest) {
        return models.account(latest);
      }

      @Override
      public Optional<Sight> prompt(IncidentId incident) {
        return shop.flatMap(s -> s.question(incident)).map(models::sight);
      }

      @Override
      public List<String> training(Set<String> only) {
        return models.training(only);
      }
    };
  }

  @Bean
  RestorableInputs restorableInputs(Optional<RepairShop> shop) {
    return incident -> shop.flatMap(s -> s.inputs(incident));
  }

  @Bean
  Trees trees(Optional<Revisions> revisions) {
    return new Trees(revisions);
  }

  @Bean
  IncidentReader incidentReader(SqlStore store, Trees trees) {
    return new IncidentReader(store, store, trees);
  }

  @Bean
  IncidentIndex incidentIndex(SqlStore store, Clock clock) {
    return new StoreIndex(store, clock);
  }

  @Bean
  Supplier<ServerStatus> serverStatus(
      ServerSettings settings, Optional<RepairShop> shop, Policy ceiling, SqlStore store) {
    String version =
        Optional.ofNullable(Composition.class.getPackage().getImplementationVersion())
            .orElse("development");
    return () ->
        new ServerStatus(
            version,
            settings.repositoryRoot().map(Path::toString).orElse(null),
            shop.map(RepairShop::warm).orElse(false),
            shop.map(RepairShop::projectFailure).orElse(""),
            shop.map(RepairShop::confinement).orElse(""),
            ceiling.name(),
            shop.map(RepairShop::repairing).orElse(0),
            shop.map(RepairShop::confirming).orElse(0),
            store.quarantined().map(Path::toString).orElse(null));
  }
}
