package dev.fettle.server;

import dev.fettle.contract.model.CaseFile;
import dev.fettle.contract.model.Diagnosis;
import dev.fettle.contract.model.Incident;
import dev.fettle.contract.model.IncidentId;
import dev.fettle.contract.model.LabJob;
import dev.fettle.contract.model.LabReport;
import dev.fettle.contract.model.Outcome;
import dev.fettle.contract.model.Plausible;
import dev.fettle.contract.model.Policy;
import dev.fettle.contract.model.ProjectModel;
import dev.fettle.contract.spi.Laboratory;
import dev.fettle.contract.spi.PatchGenerator;
import dev.fettle.contract.spi.ProjectReader;
import dev.fettle.contract.spi.RepairCase;
import dev.fettle.contract.spi.Revisions;
import dev.fettle.contract.spi.SourceTree;
import dev.fettle.contract.spi.ValidationStep;
import dev.fettle.delivery.branch.BranchChannel;
import dev.fettle.delivery.branch.Identity;
import dev.fettle.delivery.hotpatch.HotPatchChannel;
import dev.fettle.delivery.hotpatch.Schedule;
import dev.fettle.delivery.hotpatch.Watch;
import dev.fettle.delivery.patchfile.PatchFileChannel;
import dev.fettle.delivery.policy.PolicyFile;
import dev.fettle.engine.loop.Desk;
import dev.fettle.engine.loop.RepairLoop;
import dev.fettle.engine.loop.Repairs;
import dev.fettle.engine.loop.Resolution;
import dev.fettle.engine.loop.Roles;
import dev.fettle.engine.validate.Budget;
import dev.fettle.intake.agent.AgentEndpoint;
import dev.fettle.llm.repair.Attempt;
import dev.fettle.llm.repair.ModelGenerator;
import dev.fettle.sandbox.Sandbox;
import dev.fettle.sandbox.confine.HostExecution;
import dev.fettle.server.pages.LiveEvents;
import dev.fettle.source.check.SourceSteps;
import dev.fettle.source.java.JavaProject;
import dev.fettle.source.java.JavaSources;
import dev.fettle.source.java.OriginalLines;
import dev.fettle.source.locate.JavaFaultLocalizer;
import dev.fettle.source.reproduce.InputCensus;
import dev.fettle.source.reproduce.JavaReproducer;
import dev.fettle.store.SqlStore;
import dev.fettle.templates.TemplateGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything that repairs one repository. Thread-safe. */
final class RepairShop implements AutoCloseable {
  private static final Duration WARM_LIMIT = Duration.ofMinutes(5);
  private static final Duration COMPILE_LIMIT = Duration.ofSeconds(30);
  private static final Logger log = LoggerFactory.getLogger(RepairShop.class);

  private final Revisions revisions;
  private final SqlStore store;
  private final JavaSources sources = new JavaSources();
  private final Sandbox sandbox;
  private final ModelGenerator modelGenerator;
  private final TemplateGenerator templates;
  private final JavaFaultLocalizer localizer;
  private final RepairLoop loop;
  private final Repairs repairs;
  private final LiveEvents events;
  private final AtomicInteger confirming = new AtomicInteger();
  private final ExecutorService repairThread = thread("fettle-repair");
  private final ExecutorService confirmThread = thread("fettle-confirm");
  private final ExecutorService modelThread = thread("fettle-model");
  private final ExecutorService newsThread = thread("fettle-news");
  private final ScheduledExecutorService watchThread =
      Executors.newSingleThreadScheduledExecutor(daemon("fettle-watch"));
  private volatile String projectFailure = "";
  private volatile boolean warm;

  RepairShop(
      ServerSettings settings,
      Revisions revisions,
      SqlStore store,
      AgentEndpoint agents,
      Policy ceiling,
      LiveEvents events,
      LanguageModels models,
      Clock clock) {
    Path repository = settings.repositoryRoot().orElseThrow();
    Path data = settings.dataDirectory();
    this.revisions = revisions;
    this.store = store;
    this.events = events;
    try {
      // The user named this checkout, so it may run on the host where nothing can confine it.
      this.sandbox = Sandbox.open(data.resolve("sandbox"), HostExecution.ALLOWED);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open the sandbox below " + data, e);
    }
    this.templates = new TemplateGenerator(sources);
    this.localizer = new JavaFaultLocalizer(sources);
    List<ValidationStep> steps = new ArrayList<>(SourceSteps.all(sources));
    steps.addAll(sandbox.steps());
    this.modelGenerator =
        models.generator(sources, new Attempt(steps, sandbox.laboratory()), modelThread);
    Roles roles =
        new Roles(
            store,
            store,
            revisions,
            sandbox.reader(),
            List.of(localizer),
            List.of(new JavaReproducer()),
            generators(
                models,
                new SearchGenerator(
                    sandbox::candidates, sources, settings.searchTime(), models.hints()),
                modelGenerator),
            steps,
            sandbox.laboratory(),
            List.of(
                new HotPatchChannel(
                    agents,
                    this::compiled,
                    store::incident,
                    this::observed,
                    Schedule.on(watchThread, newsThread),
                    Watch.DEFAULT,
                    clock),
                new BranchChannel(repository, Identity.FETTLE, clock),
                new PatchFileChannel(data.resolve("patches"), clock)),
            tree -> narrowed(tree, ceiling),
            Budget.defaults(),
            counted(confirmThread),
            clock,
            System::nanoTime);
    this.loop = new RepairLoop(roles);
    this.repairs = new Repairs(loop, roles, repairThread, Repairs.Limits.defaults(), this::ended);
  }

  /** A language model works beside the built-in generators, where its owner set one up. */
  private List<PatchGenerator> generators(
      LanguageModels models, SearchGenerator search, ModelGenerator generator) {
    return models.on() ? List.of(templates, search, generator) : List.of(templates, search);
  }

  /** What a language model would be told of an incident; nothing is sent. */
  Optional<ModelGenerator.Beginning> question(IncidentId id) {
    Optional<Incident> incident = store.incident(id);
    Optional<CaseFile> file = store.caseFile(id);
    Optional<Diagnosis> diagnosis = file.flatMap(CaseFile::diagnosis);
    if (incident.isEmpty()
        || diagnosis.isEmpty()
        || !(revisions.checkout(file.get().revision()) instanceof Revisions.Checkout.Found found)
        || !(sandbox.reader().read(found.tree()) instanceof ProjectReader.Reading.Read read)) {
      return Optional.empty();
    }
    return Optional.of(
        modelGenerator.first(
            new RepairCase(
                incident.get(), diagnosis.get(), found.tree(), read.project(), file.get().test())));
  }

  /** What of an incident's inputs a test can restore; empty while its revision cannot be read. */
  Optional<InputCensus> inputs(IncidentId id) {
    Optional<Incident> incident = store.incident(id);
    String revision = store.caseFile(id).map(CaseFile::revision).orElse(null);
    return incident.isPresent()
            && revisions.checkout(revision) instanceof Revisions.Checkout.Found found
            && sandbox.reader().read(found.tree()) instanceof ProjectReader.Reading.Read read
        ? Optional.of(InputCensus.of(incident.get(), read.project()))
        : Optional.empty();
  }

  /** The sources and the build of a revision, null for what is checked out; empty if unreadable. */
  Optional<JavaProject> project(@Nullable String revision) {
    return revisions.checkout(revision) instanceof Revisions.Checkout.Found found
            && sandbox.reader().read(found.tree()) instanceof ProjectReader.Reading.Read read
        ? Optional.of(sources.project(found.tree(), read.project()))
        : Optional.empty();
  }

  /** Reads the project as it is now and warms the laboratory, then takes up unfinished work. */
  void open() {
    repairThread.execute(this::warmUp);
    repairThread.execute(repairs::resume);
  }

  private void warmUp() {
    if (!(revisions.checkout(null) instanceof Revisions.Checkout.Found found)) {
      projectFailure = "no revision to read";
      return;
    }
    ProjectReader.Reading reading = sandbox.reader().read(found.tree());
    if (reading instanceof ProjectReader.Reading.Read read) {
      sandbox.laboratory().warm(read.project());
      templates.warm(found.tree(), read.project());
      daemon("fettle-warm").newThread(() -> awaitBase(read.project())).start();
      localizer.warm(found.tree(), read.project());
    } else {
      projectFailure = ((ProjectReader.Reading.Unreadable) reading).reason();
      log.warn("the project cannot be read: {}", projectFailure);
    }
    events.changed("status");
  }

  /** Repairs may come before that, but wait for it where they need it. */
  private void awaitBase(ProjectModel project) {
    var passing = sandbox.baseTests().passing(project, WARM_LIMIT);
    log.info("warm: {} tests of the base revision pass", passing.map(Set::size).orElse(0));
    warm = true;
    events.changed("status");
  }

  /** What the repository's own policy file leaves of the ceiling. */
  private static Policy narrowed(SourceTree tree, Policy ceiling) {
    PolicyFile.Effective effective = PolicyFile.of(tree, ceiling);
    effective.problems().forEach(p -> log.warn("{}: {}", PolicyFile.PATH, p));
    return effective.policy();
  }

  /**
   * The classes as the laboratory compiled them for validation, with the lines of the source before
   * the patch: what fails in them later is looked for in the revision that runs.
   */
  private Map<String, byte[]> compiled(RepairCase repairCase, Plausible plausible) {
    LabJob job =
        new LabJob(
            repairCase.project(),
            Optional.of(plausible.candidate().patch()),
            List.of(),
            new LabJob.Selection.None(),
            COMPILE_LIMIT);
    if (!(sandbox.laboratory().run(job) instanceof LabReport.Ran ran)) {
      return Map.of();
    }
    OriginalLines lines = new OriginalLines(plausible.candidate().patch(), repairCase.tree());
    Map<String, byte[]> classes = new LinkedHashMap<>();
    ran.classes().forEach((name, bytes) -> classes.put(name, lines.in(bytes)));
    return classes;
  }

  private void observed(Outcome outcome) {
    desk().observed(outcome);
    events.changed("outcome");
  }

  void submit(Incident incident, boolean enriched) {
    repairs.submit(incident, enriched);
  }

  Desk desk() {
    return loop.desk();
  }

  boolean warm() {
    return warm;
  }

  String projectFailure() {
    return projectFailure;
  }

  String confinement() {
    Laboratory laboratory = sandbox.laboratory();
    return laboratory.confinement();
  }

  int repairing() {
    return repairs.underWay();
  }

  int confirming() {
    return confirming.get();
  }

  private void ended(IncidentId id, Resolution resolution) {
    log.info("{}: {}", id, resolution.detail());
    events.changed(id.value());
  }

  private Executor counted(Executor threads) {
    return task -> {
      confirming.incrementAndGet();
      threads.execute(
          () -> {
            try {
              task.run();
            } finally {
              confirming.decrementAndGet();
              events.changed("confirmed");
            }
          });
    };
  }

  private static ExecutorService thread(String name) {
    return Executors.newSingleThreadExecutor(daemon(name));
  }

  private static ThreadFactory daemon(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  @Override
  public void close() {
    repairThread.shutdownNow();
    confirmThread.shutdownNow();
    watchThread.shutdownNow();
    newsThread.shutdownNow();
    modelThread.shutdownNow();
    sandbox.close();
  }
}
