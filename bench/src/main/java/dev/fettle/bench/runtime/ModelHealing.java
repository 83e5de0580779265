package dev.fettle.bench.runtime;

import dev.fettle.bench.host.BenchFailure;
import dev.fettle.contract.model.CapturedException;
import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.contract.model.Fingerprint;
import dev.fettle.contract.model.HealBehavior;
import dev.fettle.contract.model.HealMode;
import dev.fettle.contract.model.HealProposal;
import dev.fettle.contract.model.HealRequest;
import dev.fettle.contract.model.Incident;
import dev.fettle.contract.model.IncidentId;
import dev.fettle.contract.model.Origin;
import dev.fettle.contract.model.Signal;
import dev.fettle.contract.model.TrustTier;
import dev.fettle.contract.model.Variable;
import dev.fettle.llm.heal.ModelHealer;
import dev.fettle.llm.settings.LlmSettings;
import dev.fettle.llm.talk.Deadline;
import dev.fettle.llm.talk.LanguageModel;
import dev.fettle.llm.talk.Question;
import dev.fettle.llm.talk.Reply;
import dev.fettle.source.snippet.FailingStatement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Lets a language model heal: a first run, in which nothing acts, tells of the failure with the
 * state of its frame and of the remedies that could be applied. The model is told the program
 * without its harness and what that run showed, nothing else of the item. A second run applies what
 * it proposed: a remedy, or a snippet that was classified, compiled, vetted and signed as the
 * server would. Where the program then fails at another place it is asked about that, at most three
 * places. Thread-safe.
 */
public final class ModelHealing {
  private static final String PROGRAM = "// ==== PROGRAM UNDER TEST ====";
  private static final int PLACES = 3;

  private final LanguageModel model;
  private final LlmSettings settings;
  private final HealMode mode;

  /**
   * @param mode how far healing may go: {@code TYPED} (remedies only), {@code CONTAINED}, {@code
   *     FULL}
   */
  public ModelHealing(LanguageModel model, LlmSettings settings, HealMode mode) {
    this.model = model;
    this.settings = settings.telling(LlmSettings.Values.VALUES);
    this.mode = mode;
  }

  /** How far healing may go, as a word. */
  String rung() {
    return mode.word();
  }

  Attempt attempt(
      ItemRunner runner,
      SnippetForge forge,
      RuntimeItem item,
      boolean extraTests,
      Consumer<String> progress) {
    Item one = new Item(runner, forge, item);
    Attempt attempt = one.run(false);
    for (int n = 0; n < PLACES && attempt.outcome() == Outcome.FAIL; n++) {
      if (!one.ask(attempt)) {
        progress.accept(item.id() + ": " + one.last.why);
        break;
      }
      attempt = one.run(extraTests);
    }
    return attempt;
  }

  /** One item being healed; what was proposed so far. Confined to a thread. */
  private final class Item {
    private final ItemRunner runner;
    private final SnippetForge forge;
    private final RuntimeItem item;
    private final List<String> orders = new ArrayList<>();
    private final Set<String> asked = new HashSet<>();
    private final Last last = new Last(model);
    private HealerSetting setting = new HealerSetting("typed", 1.0, null, null);
    private Path failures = Path.of("");

    Item(ItemRunner runner, SnippetForge forge, RuntimeItem item) {
      this.runner = runner;
      this.forge = forge;
      this.item = item;
    }

    Attempt run(boolean extraTests) {
      Path folder = runner.freshFolder();
      failures = folder.resolve("failures.bin");
      Path file = folder.resolve("orders.txt");
      try {
        Files.write(file, orders);
      } catch (IOException e) {
        throw BenchFailure.broken("cannot write " + file + ": " + e.getMessage());
      }
      return runner.run(
          item,
          setting.with(
              new HealerSetting.SnippetSetting(
                  failures, orders.isEmpty() ? null : file, forge.keyFile(), rung())),
          extraTests);
    }

    /** Asks about what the program died of; whether something can be tried that was not. */
    boolean ask(Attempt attempt) {
      Optional<CapturedException> thrown =
          FailureReader.last(failures)
              .map(Signal::exception)
              .map(CapturedException::root)
              .map(ModelHealing::withoutHarness);
      Optional<CapturedFrame> frame = thrown.flatMap(CapturedException::topApplicationFrame);
      if (thrown.isEmpty() || frame.isEmpty() || !asked.add(frame.get().display())) {
        last.why = "nothing that could be healed was seen";
        return false;
      }
      SnippetForge.Place place =
          forge.new Place(item.source(), runner.classes(item), thrown.get(), frame.get(), mode);
      ModelHealer healer =
          new ModelHealer(
              last, settings, place, ModelHealer.Mode.SYNCHRONOUS, Runnable::run, System::nanoTime);
      for (HealProposal proposal :
          healer.proposals(
              request(thrown.get(), frame.get(), place.statement(), offered(attempt)))) {
        if (proposal instanceof HealProposal.UseRemedy use) {
          setting = setting.forcing(use.remedy());
          return true;
        } else if (proposal instanceof HealProposal.RunSnippet snippet) {
          orders.add(place.order(snippet));
          return true;
        }
      }
      return false;
    }

    private HealRequest request(
        CapturedException thrown,
        CapturedFrame frame,
        Optional<FailingStatement> statement,
        Set<String> offered) {
      List<String> lines = item.source().lines().toList();
      int line = frame.line() >= 1 && frame.line() <= lines.size() ? frame.line() : 1;
      List<Variable> variables = frame.locals();
      return new HealRequest(
          incident(item.id(), thrown),
          null,
          statement.map(FailingStatement::statement).orElse(lines.get(line - 1).strip()),
          program(item.source()),
          variables,
          offered,
          mode,
          HealBehavior.defaults());
    }
  }

  private static Set<String> offered(Attempt attempt) {
    Set<String> offered = new TreeSet<>();
    attempt.journal().decisions().forEach(d -> offered.addAll(d.remedies()));
    return offered;
  }

  /** Frames of the harness are not the healer's to see. */
  private static CapturedException withoutHarness(CapturedException thrown) {
    return new CapturedException(
        thrown.type(),
        thrown.message(),
        thrown.frames().stream().filter(f -> !f.className().equals("Main")).toList(),
        null);
  }

  static Incident incident(String item, CapturedException seen) {
    Instant at = Instant.EPOCH;
    return new Incident(
        new IncidentId("inc-" + Integer.toHexString(item.hashCode() | 0x1000000)),
        new Fingerprint(List.of("00"), "item"),
        item,
        at,
        at,
        1,
        new Signal(
            item,
            Signal.Kind.ERROR,
            new Origin("item", "item", null, null, null, "bench"),
            TrustTier.AUTHENTICATED,
            at,
            "main",
            seen,
            null,
            "nothing catches it",
            1));
  }

  /** The program without its harness, which is not the healer's to see. */
  private static String program(String source) {
    int from = source.indexOf(PROGRAM);
    int to = source.indexOf(RuntimeItem.HARNESS);
    return source
        .substring(from < 0 ? 0 : from + PROGRAM.length(), to < 0 ? source.length() : to)
        .strip();
  }

  /** Remembers why there was no answer. */
  private static final class Last implements LanguageModel {
    private final LanguageModel model;
    private String why = "the model proposed nothing that fits";

    Last(LanguageModel model) {
      this.model = model;
    }

    @Override
    public String name() {
      return model.name();
    }

    @Override
    public Reply ask(Question question, Deadline deadline) {
      Reply reply = model.ask(question, deadline);
      if (reply instanceof Reply.Unanswered no) {
        why = no.display();
      }
      return reply;
    }
  }
}
