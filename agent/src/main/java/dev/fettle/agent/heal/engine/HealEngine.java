package dev.fettle.agent.heal.engine;

import dev.fettle.agent.heal.Chooser;
import dev.fettle.agent.heal.report.HealListener;
import dev.fettle.agent.observe.ApplicationClasses;
import dev.fettle.agent.observe.Judge;
import dev.fettle.agent.observe.Lookout;
import dev.fettle.agent.options.HealInstall;
import dev.fettle.agent.weave.Weaver;
import dev.fettle.boot.Observer;
import dev.fettle.boot.heal.HealHook;
import dev.fettle.boot.heal.Healer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The part of the agent that heals: says which classes can be, and waits for their failures. */
public final class HealEngine implements Weaver.Healable {
  private final KeptClasses kept = new KeptClasses();
  private final List<String> excluded;
  private final HealInstall install;
  private final Observer observer;
  private final HealRecord log;
  private final Healing healing;
  private final Retransformation retransformation;
  private final Arming arming;
  private final Expectations expectations;
  private final WarmUp warmUp;
  private final boolean warmUpWaits;
  private final boolean warmUpRuns;

  /**
   * @param options those of healing, without their prefix
   * @param install whether classes are prepared when they are loaded, or after their first failure
   * @param console takes a line for people
   * @param debug takes a line for us
   */
  public HealEngine(
      Map<String, String> options,
      HealInstall install,
      Chooser chooser,
      HealListener listener,
      ApplicationClasses classes,
      Observer observer,
      Instrumentation instrumentation,
      Consumer<String> console,
      Consumer<String> debug) {
    this.excluded =
        List.of(options.getOrDefault("exclude", "").split("[,;:\\s]+")).stream()
            .filter(name -> !name.isBlank())
            .toList();
    this.install = install;
    String applied = options.get("applied");
    this.log = new HealRecord(console, debug, applied == null ? null : Path.of(applied));
    this.retransformation = new Retransformation(instrumentation, debug);
    this.expectations = new Expectations();
    this.warmUp = new WarmUp(instrumentation, this, debug);
    this.warmUpWaits = "wait".equals(options.getOrDefault("warm-up", "wait"));
    this.warmUpRuns = !"off".equals(options.get("warm-up"));
    Judge judge = new Judge(classes);
    Observer heard = new BesideRehearsal(observer);
    this.arming = new Arming(heard, judge, retransformation, this::isExcluded);
    this.observer = install == HealInstall.EAGER ? heard : arming;
    this.healing =
        new Healing(
            new Places(kept),
            new Lookout(classes),
            judge,
            chooser,
            listener,
            heard,
            expectations,
            new Transactions(options, listener::inTransaction),
            log,
            retransformation,
            HealLimits.of(options));
  }

  /** From now on failing regions are healed. */
  public void start() {
    HealHook.install(healing);
    if (warmUpWaits) {
      warmUp.run();
    }
  }

  /** From now on nothing is healed, until {@link #start}. */
  public void stop() {
    HealHook.install(Healer.NONE);
  }

  /** Restores the speed of classes that acted, until interrupted. Run by a thread of the agent. */
  public void run() throws InterruptedException {
    if (warmUpRuns) {
      // where the application waited for the classes, this is for their speed
      warmUp.run();
    }
    retransformation.run();
  }

  /** Who is to hear of failures that leave methods. */
  public Observer observer() {
    return observer;
  }

  @Override
  public boolean isHealable(ClassLoader loader, String className, byte[] bytes) {
    expectations.learn(className, bytes);
    if (isExcluded(className)
        || (!className.equals(WarmUp.PROGRAM)
            && install != HealInstall.EAGER
            && !arming.isArmed(loader, className))) {
      return false;
    }
    kept.keep(loader, className, bytes);
    return !retransformation.isLeftAlone(loader, className);
  }

  private boolean isExcluded(String className) {
    return excluded.stream().anyMatch(name -> matches(className, name));
  }

  /** A class with its nested ones, or {@code package.*}. */
  private static boolean matches(String className, String name) {
    if (name.endsWith(".*")) {
      return className.startsWith(name.substring(0, name.length() - 1));
    }
    return className.equals(name) || className.startsWith(name + "$");
  }

  /** Heals so far. */
  public long heals() {
    return log.heals();
  }
}
