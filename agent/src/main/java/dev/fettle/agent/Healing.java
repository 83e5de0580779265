package dev.fettle.agent;

import dev.fettle.agent.capture.CaptureLimits;
import dev.fettle.agent.capture.ValueCapture;
import dev.fettle.agent.heal.Chooser;
import dev.fettle.agent.heal.Failure;
import dev.fettle.agent.heal.Fitting;
import dev.fettle.agent.heal.marks.HealMarks;
import dev.fettle.agent.heal.marks.RegisteredSkills;
import dev.fettle.agent.heal.report.FailureFile;
import dev.fettle.agent.heal.report.HealListener;
import dev.fettle.agent.heal.report.HealLog;
import dev.fettle.agent.heal.report.HealSwitch;
import dev.fettle.agent.heal.report.Outcomes;
import dev.fettle.agent.heal.snippet.Snippets;
import dev.fettle.agent.heal.snippet.Waiting;
import dev.fettle.agent.observe.ApplicationClasses;
import dev.fettle.agent.observe.ThrownTrace;
import dev.fettle.agent.options.AgentOptions;
import dev.fettle.agent.redact.Redactor;
import dev.fettle.agent.weave.Weaver;
import dev.fettle.boot.Observer;
import dev.fettle.wire.HealMessage;
import dev.fettle.wire.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Everything around the mechanism that heals: who may, with what, and what is said about it. */
final class Healing {
  private final HealMarks marks;
  private final HealSwitch allowed;
  private final Snippets snippets;
  private final Chooser chooser;
  private final Outcomes outcomes;
  private final HealLog log;
  private final Predicate<Message> sink;
  private final Console console;
  private final Fitting fitting;

  /**
   * @param remedies chooses where there is no snippet
   * @param fitting hears which remedies fit before the server is asked
   * @param observer hears everything too
   * @param sink takes messages for the server, or says that it could not
   */
  Healing(
      AgentOptions options,
      String instance,
      Path state,
      ApplicationClasses classes,
      Redactor redactor,
      Chooser remedies,
      Fitting fitting,
      Observer observer,
      Supplier<String> ids,
      Predicate<Message> sink,
      Console console) {
    this.sink = sink;
    this.fitting = fitting;
    this.console = console;
    this.marks = new HealMarks(options.heal());
    this.allowed = new HealSwitch((name, site) -> marks.modeOf(site), state);
    this.snippets =
        new Snippets(
            () -> key(options, console),
            options.healOptions().getOrDefault("instance", instance),
            remedies,
            allowed::mode,
            classes::contains,
            new RegisteredSkills(marks),
            new Waiting(waitMillis(options, console), this::ask, System::nanoTime),
            System::currentTimeMillis);
    this.outcomes =
        new Outcomes(observer, snippets, this::send, System::nanoTime, System::currentTimeMillis);
    ValueCapture capture = new ValueCapture(redactor, CaptureLimits.DEFAULT, classes::contains);
    ThrownTrace traces = new ThrownTrace(classes, redactor);
    this.chooser = telling(options, snippets, capture, traces);
    install(options, snippets, console);
    this.log = new HealLog(allowed, capture, traces, outcomes, ids, console::say, System::nanoTime);
  }

  private static long waitMillis(AgentOptions options, Console console) {
    String text = options.healOptions().getOrDefault("wait", "0");
    try {
      return Math.max(0, Long.parseLong(text));
    } catch (NumberFormatException e) {
      console.say("fettle.heal.wait is " + text + "; expected milliseconds; nobody waits");
      return 0;
    }
  }

  /** A thread waits for a snippet: the server is told of its failure now. */
  private void ask(Failure failure) {
    fitting.fit(failure, snippets.fitting(failure));
    send(log.occurrence(failure));
  }

  private static byte @Nullable [] key(AgentOptions options, Console console) {
    String file = options.healOptions().get("verify-key-file");
    if (file == null) {
      return null;
    }
    try {
      return Base64.getMimeDecoder().decode(Files.readString(Path.of(file)));
    } catch (IOException | IllegalArgumentException e) {
      console.say("fettle.heal.verify-key-file cannot be read, snippets are refused: " + e);
      return null;
    }
  }

  /** Snippets first, then the remedies. */
  Chooser chooser() {
    return chooser;
  }

  /** What a file tells of failures, for benchmarks. */
  private static Chooser telling(
      AgentOptions options, Chooser chooser, ValueCapture capture, ThrownTrace traces) {
    String file = options.healOptions().get("failures");
    return file == null ? chooser : new FailureFile(Path.of(file), chooser, capture, traces);
  }

  /**
   * Installs signed orders from a file, where no server can be asked in time: one a line, order and
   * signature in Base64.
   */
  private static void install(AgentOptions options, Snippets snippets, Console console) {
    String file = options.healOptions().get("orders");
    if (file == null) {
      return;
    }
    try {
      for (String line : Files.readAllLines(Path.of(file))) {
        String[] parts = line.split(" ", -1);
        if (parts.length != 2) {
          throw new IllegalArgumentException("wanted an order and its signature on a line");
        }
        HealMessage.SnippetReply reply =
            snippets.install(
                new HealMessage.InstallSnippet(
                    Base64.getDecoder().decode(parts[0]), Base64.getDecoder().decode(parts[1])));
        if (reply.refusal() != null) {
          console.say("the snippet of fettle.heal.orders is refused: " + reply.refusal());
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      console.say("fettle.heal.orders cannot be read: " + e);
    }
  }

  /** Asked before and told after each heal. */
  HealListener listener() {
    return log;
  }

  /** To be installed in place of the observer it was given. */
  Observer observer() {
    return outcomes;
  }

  /** Those of the classes that may be healed at all; the others need no resume points. */
  Weaver.Healable where(Weaver.Healable mechanism) {
    return (loader, className, bytes) -> {
      marks.learn(className, bytes, loader);
      return marks.mayHeal(className) && mechanism.isHealable(loader, className, bytes);
    };
  }

  /** A failure is about to be reported. */
  void reported(Message.Occurrence occurrence) {
    outcomes.failed(occurrence);
  }

  /** Passes shown heals on until interrupted. */
  void run() throws InterruptedException {
    log.run(sink);
  }

  /** Whether no heal waits to be shown. */
  boolean isIdle() {
    return log.isIdle();
  }

  /** What to tell with each heartbeat; also looks after what is due. */
  List<Message> status() {
    allowed.look();
    outcomes.settle();
    return List.of(log.totals());
  }

  /** Carries out what the server wants of healing; leaves other commands alone. */
  void carryOut(Message.FromServer command) {
    if (command instanceof HealMessage.HealRules rules) {
      rules.disabled().forEach(outcomes::complained);
      allowed.obey(rules);
    } else if (command instanceof HealMessage.InstallSnippet install) {
      send(snippets.install(install));
    } else if (command instanceof HealMessage.PreferRemedy prefer) {
      send(snippets.install(prefer));
    }
  }

  private void send(Message message) {
    if (!sink.test(message)) {
      console.debug("no room to tell: " + message);
    }
  }
}
