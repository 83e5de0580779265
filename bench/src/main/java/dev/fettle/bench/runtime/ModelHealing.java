package dev.fettle.bench.runtime;

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
import dev.fettle.llm.heal.ModelHealer;
import dev.fettle.llm.settings.LlmSettings;
import dev.fettle.llm.talk.Deadline;
import dev.fettle.llm.talk.LanguageModel;
import dev.fettle.llm.talk.Question;
import dev.fettle.llm.talk.Reply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets a language model choose the remedy: a first run, in which nothing acts, shows the failure
 * and which remedies could be applied; the model is told the program and what that run showed,
 * nothing else of the item; a second run applies what it named. Thread-safe.
 */
public final class ModelHealing {
  private static final String PROGRAM = "// ==== PROGRAM UNDER TEST ====";
  private static final Pattern THROWN =
      Pattern.compile("Exception in thread \"[^\"]*\" ([\\w.$]+)(?:: (.*))?");
  private static final Pattern FRAME =
      Pattern.compile("\\s+at (?:[\\w.]+/)?([\\w.$]+)\\.([\\w$<>]+)\\(([\\w.$]+):(\\d+)\\)");

  private final LanguageModel model;
  private final LlmSettings settings;

  public ModelHealing(LanguageModel model, LlmSettings settings) {
    this.model = model;
    this.settings = settings;
  }

  Attempt attempt(
      ItemRunner runner, RuntimeItem item, boolean extraTests, Consumer<String> progress) {
    HealerSetting watching = new HealerSetting("typed", 1.0, null, null);
    Attempt free = runner.run(item, watching, false);
    Optional<HealRequest> request = request(item, free);
    if (request.isEmpty()) {
      return free;
    }
    Last last = new Last(model);
    ModelHealer healer =
        new ModelHealer(
            last,
            settings,
            (r, s) -> Optional.of("snippets do not run here"),
            ModelHealer.Mode.SYNCHRONOUS,
            Runnable::run,
            System::nanoTime);
    for (HealProposal proposal : healer.proposals(request.get())) {
      if (proposal instanceof HealProposal.UseRemedy use) {
        return runner.run(item, watching.forcing(use.remedy()), extraTests);
      }
    }
    progress.accept(item.id() + ": " + last.why);
    return free;
  }

  private static Optional<HealRequest> request(RuntimeItem item, Attempt free) {
    Optional<CapturedException> seen = thrown(free.run().errors());
    Set<String> offered = new TreeSet<>();
    free.journal().decisions().forEach(d -> offered.addAll(d.offered()));
    if (seen.isEmpty() || offered.isEmpty()) {
      return Optional.empty();
    }
    List<String> lines = item.source().lines().toList();
    int line =
        seen.get()
            .topApplicationFrame()
            .map(CapturedFrame::line)
            .filter(n -> n >= 1 && n <= lines.size())
            .orElse(1);
    return Optional.of(
        new HealRequest(
            incident(item, seen.get()),
            null,
            lines.get(line - 1).strip(),
            program(item.source()),
            List.of(),
            offered,
            HealMode.TYPED,
            HealBehavior.defaults()));
  }

  private static Incident incident(RuntimeItem item, CapturedException seen) {
    Instant at = Instant.EPOCH;
    return new Incident(
        new IncidentId("inc-" + Integer.toHexString(item.id().hashCode() | 0x1000000)),
        new Fingerprint(List.of("00"), "item"),
        item.id(),
        at,
        at,
        1,
        new Signal(
            item.id(),
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

  /** What an uncaught exception printed; frames of the harness left out. */
  static Optional<CapturedException> thrown(String errors) {
    Matcher head = THROWN.matcher(errors);
    if (!head.find()) {
      return Optional.empty();
    }
    List<CapturedFrame> frames = new ArrayList<>();
    Matcher frame = FRAME.matcher(errors);
    while (frame.find() && frames.size() < 60) {
      String type = frame.group(1);
      boolean program = !type.startsWith("java.") && !type.startsWith("jdk.");
      if (!type.equals("Main")) {
        frames.add(
            new CapturedFrame(
                type,
                frame.group(2),
                "",
                frame.group(3),
                Integer.parseInt(frame.group(4)),
                program,
                null,
                List.of()));
      }
    }
    return Optional.of(new CapturedException(head.group(1), head.group(2), frames, null));
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
