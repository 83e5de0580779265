package dev.fettle.agent;

import dev.fettle.agent.heal.Chooser;
import dev.fettle.agent.heal.Fitting;
import dev.fettle.agent.heal.engine.HealEngine;
import dev.fettle.agent.heal.remedy.Remedies;
import dev.fettle.agent.heal.report.FittingLog;
import dev.fettle.agent.hotpatch.HotPatcher;
import dev.fettle.agent.hotpatch.LoadedOriginals;
import dev.fettle.agent.hotpatch.ThrowHistory;
import dev.fettle.agent.observe.ApplicationClasses;
import dev.fettle.agent.observe.Observation;
import dev.fettle.agent.options.AgentOptions;
import dev.fettle.agent.options.HealMode;
import dev.fettle.agent.redact.Redactor;
import dev.fettle.agent.send.Outbox;
import dev.fettle.agent.send.ServerLink;
import dev.fettle.agent.weave.Weaver;
import dev.fettle.boot.Hook;
import dev.fettle.wire.Message;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Builds the agent and sets it to work. */
public final class AgentStart {
  private static final int MAIN_TURNS = 300;
  private static final long MAIN_TURN_MILLIS = 100;

  private final AgentOptions options;
  private final Instrumentation instrumentation;
  private final Console console;
  private final String instance;
  private final ApplicationClasses classes;
  private final Observation observation;
  private final Outbox outbox;
  private final RedefinedClasses patches;
  private final Healing healing;

  private AgentStart(AgentOptions options, Instrumentation instrumentation) {
    this.options = options;
    this.instrumentation = instrumentation;
    this.console = new Console(options.debug());
    InstallationKey key = InstallationKey.load();
    this.instance = options.service() + "-" + key.instance();
    this.classes =
        new ApplicationClasses((name, why) -> console.debug("not woven: " + name + ": " + why));
    openJdk();
    AtomicLong ids = new AtomicLong();
    Redactor redactor = new Redactor(key.tokens());
    this.observation =
        new Observation(classes, redactor, () -> instance + "-" + ids.incrementAndGet());
    this.outbox = new Outbox(observation.dropped()::add);
    Fitting fitting = new FittingLog(outbox::offer, System::nanoTime);
    Path state = StateDirectory.of(options.service());
    this.healing =
        new Healing(
            options,
            instance,
            state,
            classes,
            redactor,
            chooser(options, state, fitting, console),
            fitting,
            observation.observer(),
            () -> instance + "-h" + ids.incrementAndGet(),
            outbox::offer,
            console);
    LoadedOriginals originals = new LoadedOriginals(options.scope());
    instrumentation.addTransformer(originals, false);
    this.patches =
        new RedefinedClasses(
            new HotPatcher(
                instrumentation,
                state.resolve("hotpatch"),
                originals,
                throwHistory(),
                Clock.systemUTC()),
            observation.serverErrors());
  }

  /** What was learned is kept where crashes are. */
  private static Chooser chooser(
      AgentOptions options, Path state, Fitting fitting, Console console) {
    if (options.heal() != null && !options.heal().allows(HealMode.TYPED)) {
      return Chooser.NOTHING;
    }
    Map<String, String> all = new HashMap<>(options.healOptions());
    all.putIfAbsent("state", state.toString());
    return Remedies.chooser(all, fitting, console::say);
  }

  /** Called by {@code AgentEntry}. */
  public static void start(
      @Nullable String arguments, Instrumentation instrumentation, boolean attached) {
    AgentOptions options = AgentOptions.ofThisProcess(arguments);
    new AgentStart(options, instrumentation).run(attached);
  }

  private ThrowHistory throwHistory() {
    return (owner, method, window) ->
        new ThrowHistory.Seen(
            observation.throwLog().count(owner, method),
            observation.throwLog().types(owner, method));
  }

  /** TLS starts what the host may want to set up first: it waits until the application runs. */
  private static void awaitMain(Thread starter) throws InterruptedException {
    for (int i = 0; i < MAIN_TURNS && isStarting(starter); i++) {
      Thread.sleep(MAIN_TURN_MILLIS);
    }
  }

  /** Whether the JVM's first thread is not yet in the application's code. */
  private static boolean isStarting(Thread starter) {
    StackTraceElement[] trace = starter.getStackTrace();
    if (trace.length == 0) {
      return starter.isAlive();
    }
    StackTraceElement bottom = trace[trace.length - 1];
    return bottom.getClassName().startsWith("sun.instrument.")
        || bottom.getMethodName().equals("checkAndLoadMain");
  }

  /** A process that ends as it should is no crash of the patches that run in it. */
  private void endInGoodOrder() {
    try {
      Runtime.getRuntime()
          .addShutdownHook(new Thread(null, patches::close, "fettle-end", 0, false));
    } catch (IllegalStateException e) {
      console.debug("the process ends already");
    }
  }

  /** Null when nothing is to be healed; without an option only what is annotated is. */
  private @Nullable HealEngine healEngine() {
    HealMode told = options.heal();
    if (told != null && !told.allows(HealMode.TYPED)) {
      return null;
    }
    Map<String, String> all = new HashMap<>(options.healOptions());
    if (told == null) {
      // most programs have no annotated class: their start is not to pay for it
      all.putIfAbsent("warm-up", "off");
    }
    HealEngine engine =
        new HealEngine(
            all,
            options.healInstall(),
            healing.chooser(),
            healing.listener(),
            classes,
            healing.observer(),
            instrumentation,
            console::say,
            console::debug);
    engine.start();
    daemon("fettle-healing", engine::run);
    return engine;
  }

  private void run(boolean attached) {
    HealEngine engine = healEngine();
    Weaver weaver =
        new Weaver(
            instrumentation,
            options.scope(),
            engine == null ? Weaver.Healable.NONE : healing.where(engine),
            classes,
            Hook.class,
            options.logs());
    instrumentation.addTransformer(weaver, true);
    Hook.install(engine == null ? healing.observer() : engine.observer());
    daemon("fettle-observer", () -> observation.run(this::offer));
    daemon("fettle-heals", healing::run);
    ServerLink link = link();
    Thread starter = Thread.currentThread();
    daemon(
        "fettle-sender",
        () -> {
          if (!attached && "https".equals(options.server().getScheme())) {
            awaitMain(starter);
          }
          link.send();
        });
    daemon("fettle-commands", link::poll);
    endInGoodOrder();
    beforeTheEnd(link);
    if (attached) {
      new LateWeaving(instrumentation, options.scope(), console).weaveLoaded();
    }
    console.say(
        "fettle "
            + version()
            + " observes "
            + options.service()
            + " ("
            + options.scope().describe()
            + "), server "
            + options.server());
    options.problems().forEach(console::say);
    daemon("fettle-start", this::sayWhatMatched);
  }

  /** Lets us read JDK fields that we name, nothing else. */
  private void openJdk() {
    Module own = AgentStart.class.getModule();
    instrumentation.redefineModule(
        Object.class.getModule(),
        Set.of(),
        Map.of(),
        Map.of("java.lang", Set.of(own), "java.util", Set.of(own)),
        Set.of(),
        Map.of());
  }

  private ServerLink link() {
    return new ServerLink(
        options.server(),
        options.key(),
        new Message.Hello(
            instance,
            options.service(),
            options.version(),
            options.revision(),
            System.getProperty("java.version"),
            ProcessHandle.current().pid(),
            version()),
        outbox,
        this::status,
        this::carryOut,
        observation::captureAnew,
        console::debug,
        new SplittableRandom(System.nanoTime() ^ ProcessHandle.current().pid()));
  }

  private List<Message> status() {
    Throwable own = observation.takeOwnFailure();
    if (own != null) {
      console.debug("own failure: " + own + " " + Arrays.toString(own.getStackTrace()));
    }
    List<Message> status = new ArrayList<>();
    status.add(
        new Message.Counted(observation.dropped().totals(), observation.anticipated().totals()));
    status.addAll(patches.health());
    status.addAll(healing.status());
    return status;
  }

  private boolean offer(Message.Occurrence occurrence) {
    healing.reported(occurrence);
    return outbox.offer(occurrence);
  }

  private void carryOut(Message.FromServer command) {
    if (command instanceof Message.ApplyPatch apply) {
      outbox.offer(patches.apply(apply));
      observation.captureAnew();
    } else if (command instanceof Message.RevertPatch revert) {
      outbox.offer(patches.revert(revert));
      observation.captureAnew();
    } else {
      healing.carryOut(command);
    }
  }

  private void sayWhatMatched() throws InterruptedException {
    Thread.sleep(30_000);
    if (classes.count() == 0) {
      console.say(
          "WARNING: no class of the application was recognized, nothing will be reported; name its"
              + " packages with -Dfettle.packages=...");
    } else {
      console.say(
          classes.count()
              + " classes of the application are observed, "
              + classes.failures()
              + " could not be woven");
    }
  }

  private static String version() {
    String version = AgentStart.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  private void daemon(String name, Persistent.Loop loop) {
    Persistent persistent = new Persistent(name, loop, console::say, Thread::sleep);
    Thread thread = thread(name, persistent::run);
    thread.setDaemon(true);
    thread.start();
  }

  /** What is seen and healed just before the process ends is told too, if that is quick. */
  private void beforeTheEnd(ServerLink link) {
    Farewell farewell =
        new Farewell(
            observation::end,
            () ->
                observation.isIdle() && healing.isIdle() && (link.isLost() || outbox.size() == 0));
    try {
      Runtime.getRuntime().addShutdownHook(thread("fettle-farewell", farewell::take));
    } catch (IllegalStateException e) {
      console.debug("the process ends already");
    }
  }

  private Thread thread(String name, Persistent.Loop loop) {
    Thread thread =
        new Thread(
            null,
            () -> {
              try {
                loop.run();
              } catch (InterruptedException e) {
                console.debug(name + " was interrupted");
              } catch (Throwable firebreak) {
                console.say(name + " stopped: " + firebreak);
              }
            },
            name,
            0,
            false);
    thread.setContextClassLoader(null);
    return thread;
  }
}
