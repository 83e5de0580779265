package dev.fettle.bench.repair;

import dev.fettle.contract.model.Candidate;
import dev.fettle.contract.model.CapturedException;
import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.contract.model.Confirmation;
import dev.fettle.contract.model.Diagnosis;
import dev.fettle.contract.model.FaultClass;
import dev.fettle.contract.model.Fingerprint;
import dev.fettle.contract.model.Incident;
import dev.fettle.contract.model.IncidentId;
import dev.fettle.contract.model.LabJob;
import dev.fettle.contract.model.LabReport;
import dev.fettle.contract.model.NewFile;
import dev.fettle.contract.model.Origin;
import dev.fettle.contract.model.Patch;
import dev.fettle.contract.model.ProjectModel;
import dev.fettle.contract.model.Signal;
import dev.fettle.contract.model.SourcePlace;
import dev.fettle.contract.model.StepResult;
import dev.fettle.contract.model.Suspect;
import dev.fettle.contract.model.TestDraft;
import dev.fettle.contract.model.TrialBaseline;
import dev.fettle.contract.model.TrialTest;
import dev.fettle.contract.model.TrustTier;
import dev.fettle.contract.spi.Laboratory;
import dev.fettle.contract.spi.RepairCase;
import dev.fettle.contract.spi.SourceTree;
import dev.fettle.contract.spi.ValidationStep;
import dev.fettle.llm.context.CaseReader;
import dev.fettle.llm.context.PastCases;
import dev.fettle.llm.repair.Attempt;
import dev.fettle.llm.repair.ModelGenerator;
import dev.fettle.llm.repair.ProposedExpressions;
import dev.fettle.llm.settings.LlmSettings;
import dev.fettle.llm.talk.LanguageModel;
import dev.fettle.llm.talk.Question;
import dev.fettle.search.Suggestion;
import dev.fettle.source.check.SourceSteps;
import dev.fettle.source.java.JavaSources;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Repairs items by asking a language model. It sees the source and the first visible test that
 * fails with what the program did instead, nothing else; its patches pass the steps that read a
 * patch and all visible tests, and up to three attempts are told what was wrong.
 */
public final class ModelRun implements Repairer {
  private static final String PATH = DataRun.PATH;
  private static final Instant EPOCH = Instant.EPOCH;

  private final DataRun data;
  private final LanguageModel model;
  private final LlmSettings settings;
  private final JavaSources sources = new JavaSources();

  /**
   * @param data compiles and runs programs
   */
  public ModelRun(DataRun data, LanguageModel model, LlmSettings settings) {
    this.data = data;
    this.model = model;
    this.settings = settings.telling(LlmSettings.Values.VALUES);
  }

  /**
   * What a model said of an item.
   *
   * @param found patches that pass the steps and all visible tests
   * @param suggestions these, and expressions for a search to complete
   * @param note its last word, or why there is none
   */
  record Asked(List<Candidate> found, List<Suggestion> suggestions, long attempts, String note) {}

  /** Asks about an item; with {@code pending} in the note when the answer is still to come. */
  Asked ask(Item item) {
    return repairCase(item)
        .map(failing -> ask(item, failing))
        .orElseGet(() -> new Asked(List.of(), List.of(), 0, ""));
  }

  /** The same about a failure that is known. */
  Asked ask(Item item, RepairCase failing) {
    Log log = new Log();
    List<ValidationStep> steps = new ArrayList<>(SourceSteps.all(sources));
    steps.add(new VisibleTestsPass(item));
    ModelGenerator generator =
        new ModelGenerator(
            model,
            settings,
            new CaseReader(sources, PastCases::none, settings),
            new Attempt(steps, new NoLaboratory()),
            Runnable::run,
            System::nanoTime,
            log);
    List<Candidate> found;
    try (Stream<Candidate> candidates = generator.candidates(failing)) {
      found = candidates.toList();
    }
    List<Suggestion> suggestions = new ArrayList<>();
    found.forEach(
        c -> suggestions.add(new Suggestion.Whole(c.patch(), c.generator(), c.rationale())));
    suggestions.addAll(log.expressions);
    return new Asked(found, suggestions, log.attempts, log.note);
  }

  @Override
  public Outcome repair(Item item) {
    long begin = System.nanoTime();
    Asked asked = ask(item);
    List<Candidate> found = asked.found();
    long wall = (System.nanoTime() - begin) / 1_000_000;
    int rank = 0;
    List<String> patches = new ArrayList<>();
    boolean same = false;
    for (Candidate candidate : found) {
      String patched = candidate.patch().apply(PATH, item.source());
      same = patches.isEmpty() && new Normalized().same(patched, item.solution());
      patches.add(candidate.generator() + ": " + DataRun.text(candidate.patch(), item.source()));
      if (rank == 0 && data.passes(patched, item.hidden())) {
        rank = patches.size();
      }
    }
    return new Outcome(
        item,
        !patches.isEmpty(),
        rank == 1,
        rank,
        patches.isEmpty() ? -1 : wall,
        wall,
        0,
        asked.attempts(),
        asked.attempts() - patches.size(),
        patches.size(),
        same,
        patches,
        asked.note(),
        List.of());
  }

  /** The first visible test that fails, as an incident of the program. */
  Optional<RepairCase> repairCase(Item item) {
    List<TrialBaseline.Run> runs = data.runs(item.source(), item.visible());
    for (int i = 0; i < runs.size(); i++) {
      TrialBaseline.Run run = runs.get(i);
      if (run.end() != TrialBaseline.End.PASSED) {
        return Optional.of(repairCase(item, item.visible().get(i), run));
      }
    }
    return Optional.empty();
  }

  private RepairCase repairCase(Item item, TrialTest.MainOutput test, TrialBaseline.Run run) {
    CapturedException seen =
        thrown(run)
            .orElseGet(
                () ->
                    new CapturedException(
                        "java.lang.AssertionError", said(test, run), List.of(), null));
    Optional<CapturedFrame> top = seen.root().topApplicationFrame();
    Incident incident =
        new Incident(
            new IncidentId("inc-" + Integer.toHexString(item.id().hashCode() | 0x1000000)),
            new Fingerprint(List.of("00"), "item"),
            item.id(),
            EPOCH,
            EPOCH,
            1,
            new Signal(
                item.id(),
                Signal.Kind.TEST,
                new Origin("item", "item", null, null, null, "bench"),
                TrustTier.AUTHENTICATED,
                EPOCH,
                "main",
                seen,
                null,
                "a test fails",
                1));
    int line =
        top.map(CapturedFrame::line)
            .filter(n -> n > 0 && n <= item.source().lines().count())
            .orElse(1);
    SourcePlace place =
        new SourcePlace(PATH, top.map(CapturedFrame::className).orElse(""), "", "", line, 0, 0);
    Suspect suspect =
        new Suspect(
            place,
            1,
            top.isPresent() ? Suspect.Role.FAILED : Suspect.Role.CALLER,
            List.of(top.isPresent() ? "it threw" : "the test of this program fails"));
    Diagnosis diagnosis =
        new Diagnosis(
            incident.id(),
            FaultClass.OTHER,
            null,
            List.of(suspect),
            said(test, run),
            List.of(),
            true,
            null);
    TestDraft draft =
        new TestDraft(
            "",
            "Main.java",
            "// must print exactly: " + line(test.expectedOutput()) + "\n" + test.source(),
            "Main",
            List.of("main"),
            TestDraft.Rung.EXISTING_TEST,
            List.of());
    ProjectModel project = data.project();
    return new RepairCase(incident, diagnosis, data.tree(item), project, Optional.of(draft));
  }

  private static String said(TrialTest.MainOutput test, TrialBaseline.Run run) {
    String did =
        run.end() == TrialBaseline.End.EXHAUSTED
            ? "does not end"
            : thrown(run).isPresent()
                ? "throws " + thrown(run).get().root().type()
                : "prints " + line(run.output());
    return "the program " + did + " where " + line(test.expectedOutput()) + " is expected";
  }

  /** What the program itself threw; the laboratory's word for another output is none of it. */
  private static Optional<CapturedException> thrown(TrialBaseline.Run run) {
    return run.failure().filter(f -> !f.root().type().startsWith("dev.fettle."));
  }

  private static String line(String text) {
    String one = text.strip().replace("\n", "\\n");
    return one.length() > 300 ? one.substring(0, 300) + "..." : one;
  }

  /** The visible tests, run in the laboratory of the search. */
  private final class VisibleTestsPass implements ValidationStep {
    private final Item item;

    VisibleTestsPass(Item item) {
      this.item = item;
    }

    @Override
    public String oracle() {
      return "visible tests pass";
    }

    @Override
    public int cost() {
      return 50;
    }

    @Override
    public StepResult check(Candidate candidate, RepairCase repairCase) {
      String patched = candidate.patch().apply(PATH, item.source());
      List<TrialBaseline.Run> runs = data.runs(patched, item.visible());
      if (runs.isEmpty()) {
        return new StepResult.Rejected("does not compile");
      }
      List<String> failed = new ArrayList<>();
      for (int i = 0; i < runs.size() && failed.size() < 3; i++) {
        if (runs.get(i).end() != TrialBaseline.End.PASSED) {
          TrialTest.MainOutput test = item.visible().get(i);
          failed.add(test.name() + ": " + said(test, runs.get(i)));
        }
      }
      return failed.isEmpty()
          ? new StepResult.Passed("passes " + runs.size() + " visible tests")
          : new StepResult.Failed(failed);
    }
  }

  /** Everything runs in the search's laboratory: this one is never needed for a verdict. */
  private static final class NoLaboratory implements Laboratory {
    @Override
    public LabReport run(LabJob job) {
      return new LabReport.LabFailure("not used");
    }

    @Override
    public void warm(ProjectModel project) {}

    @Override
    public Confirmation confirm(SourceTree tree, Patch patch, List<NewFile> added) {
      return new Confirmation.Unconfirmed("not used");
    }

    @Override
    public String confinement() {
      return "none";
    }
  }

  /** Counts attempts and keeps the last word. */
  private static final class Log implements ModelGenerator.Listener {
    private long attempts;
    private String note = "";
    private final List<Suggestion> expressions = new ArrayList<>();

    @Override
    public void suggested(RepairCase c, ProposedExpressions proposed) {
      proposed.conditions().forEach(t -> expressions.add(new Suggestion.Condition(t)));
      proposed.ingredients().forEach(t -> expressions.add(new Suggestion.Ingredient(t)));
    }

    @Override
    public void attempted(RepairCase c, Question question, String answer, String verdict) {
      attempts++;
      note = line(verdict);
    }

    @Override
    public void unanswered(RepairCase c, String why) {
      note = line(why);
    }
  }
}
