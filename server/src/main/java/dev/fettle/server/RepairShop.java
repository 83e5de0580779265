package dev.fettle.server;

import dev.fettle.contract.model.Incident;
import dev.fettle.contract.model.LabJob;
import dev.fettle.contract.model.LabReport;
import dev.fettle.contract.model.Outcome;
import dev.fettle.contract.model.Plausible;
import dev.fettle.contract.model.Policy;
import dev.fettle.contract.model.RepairCase;
import dev.fettle.contract.spi.DeliveryChannel;
import dev.fettle.contract.spi.Laboratory;
import dev.fettle.contract.spi.ProjectReader;
import dev.fettle.contract.spi.Revisions;
import dev.fettle.contract.spi.SourceTree;
import dev.fettle.contract.spi.ValidationStep;
import dev.fettle.delivery.branch.BranchChannel;
import dev.fettle.delivery.branch.Identity;
import dev.fettle.delivery.hotpatch.HotPatchChannel;
import dev.fettle.delivery.patchfile.PatchFileChannel;
import dev.fettle.engine.loop.Desk;
import dev.fettle.engine.loop.RepairLoop;
import dev.fettle.engine.loop.Repairs;
import dev.fettle.engine.loop.Roles;
import dev.fettle.engine.validate.Budget;
import dev.fettle.intake.agent.AgentEndpoint;
import dev.fettle.sandbox.Sandbox;
import dev.fettle.server.pages.LiveEvents;
import dev.fettle.source.locate.JavaFaultLocalizer;
import dev.fettle.source.reproduce.JavaReproducer;
import dev.fettle.store.SqlStore;
import dev.fettle.templates.TemplateGenerator;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything that repairs one repository. Thread-safe. */
final class RepairShop implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RepairShop.class);
  private static final Duration COMPILE_LIMIT = Duration.ofSeconds(30);

  private final Revisions revisions;
  private final ProjectReader projects;
  private final Laboratory laboratory;
  private final Sandbox sandbox;
  private final RepairLoop loop;
  private final Repairs repairs;
  private final AtomicInteger confirming = new AtomicInteger();
  private final AtomicReference<String> failure = new AtomicReference<>("");
  private volatile boolean warm;
  private final ExecutorService repairThread = Executors.newSingleThreadExecutor(named("fettle-repair"));
  private final ExecutorService confirmThread = Executors.newSingleThreadExecutor(named("fettle-confirm"));
  private final ScheduledExecutorService watchThread = Executors.newSingleThreadScheduledExecutor(named("fettle-watch"));
}
