package dev.fettle.engine.loop;

import dev.fettle.contract.model.Autonomy;
import dev.fettle.contract.model.Candidate;
import dev.fettle.contract.model.CapturedException;
import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.contract.model.CommitRef;
import dev.fettle.contract.model.Confirmation;
import dev.fettle.contract.model.Diagnosis;
import dev.fettle.contract.model.FaultClass;
import dev.fettle.contract.model.Fingerprint;
import dev.fettle.contract.model.Incident;
import dev.fettle.contract.model.IncidentId;
import dev.fettle.contract.model.LabReport;
import dev.fettle.contract.model.Origin;
import dev.fettle.contract.model.Patch;
import dev.fettle.contract.model.Policy;
import dev.fettle.contract.model.ProjectModel;
import dev.fettle.contract.model.Replacement;
import dev.fettle.contract.model.Signal;
import dev.fettle.contract.model.SourcePlace;
import dev.fettle.contract.model.StepResult;
import dev.fettle.contract.model.Suspect;
import dev.fettle.contract.model.TestDraft;
import dev.fettle.contract.model.TestResult;
import dev.fettle.contract.model.TrustTier;
import dev.fettle.contract.spi.FaultLocalizer;
import dev.fettle.contract.spi.PatchGenerator;
import dev.fettle.contract.spi.ProjectReader;
import dev.fettle.contract.spi.RepairCase;
import dev.fettle.contract.spi.Revisions;
import dev.fettle.contract.spi.SourceTree;
import dev.fettle.contract.spi.ValidationStep;
import dev.fettle.engine.validate.Budget;
import dev.fettle.testkit.road.MemoryStore;
import dev.fettle.testkit.road.RecordingChannel;
import dev.fettle.testkit.road.ScriptedLaboratory;
import dev.fettle.testkit.road.TextTree;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A road on which everything goes well until a test says otherwise. */
final class Scene {
  static final IncidentId ID = new IncidentId("inc-0123456789");
  static final Instant AT = Instant.parse("2026-01-31T10:00:00Z");
  static final String PATH = "src/main/java/shop/Orders.java";
  static final String TEXT = "class Orders {\n  int total() { return x.y(); }\n}\n";

  final MemoryStore store = new MemoryStore();
  final RecordingChannel hotpatch = new RecordingChannel("hotpatch");
  final RecordingChannel branch = new RecordingChannel("branch");
  final RecordingChannel patchfile = new RecordingChannel("patchfile");
  final Deque<Runnable> later = new ArrayDeque<>();
  final List<String> checkouts = new ArrayList<>();

  Map<String, Autonomy> policy =
      Map.of(
          "hotpatch", Autonomy.AUTOMATIC,
          "branch", Autonomy.AUTOMATIC,
          "patchfile", Autonomy.AUTOMATIC);
  Revisions.@Nullable Checkout checkout;
  ProjectReader.@Nullable Reading reading;
  List<PatchGenerator> generators = List.of(proposing(candidate("y()", 0.9)));
  BiFunction<String, Candidate, StepResult> says = (oracle, c) -> new StepResult.Passed(oracle);
  boolean repairable = true;
  boolean reproducible = true;
  TrustTier trust = TrustTier.AUTHENTICATED;
  Confirmation confirmation = new Confirmation.Confirmed(60, "./mvnw verify");
  ScriptedLaboratory laboratory = laboratory();
  Instant now = AT;

  /** Runs whenever somebody asks for the time, as every entry of the journal does. */
  Runnable asked = () -> {};

  /** With the incident stored and this scene's fields as they are. */
  RepairLoop loop() {
    if (store.incident(ID).isEmpty()) {
      store.save(incident());
    }
    return new RepairLoop(roles());
  }

  Roles roles() {
    laboratory = laboratory();
    return new Roles(
        store,
        store,
        revisions(),
        tree -> reading == null ? new ProjectReader.Reading.Read(project()) : reading,
        List.of(localizer()),
        List.of((i, d, t, p) -> Stream.of(draft())),
        generators,
        List.of(step("compiles", 1), step(ValidationStep.REPRODUCTION, 10), step("tests", 200)),
        laboratory,
        List.of(hotpatch, branch, patchfile),
        tree -> new Policy("test", policy),
        Budget.defaults(),
        later::add,
        clock(),
        () -> 0L);
  }

  InstantSource clock() {
    return () -> {
      asked.run();
      return now;
    };
  }

  void runLater() {
    while (!later.isEmpty()) {
      later.removeFirst().run();
    }
  }

  Incident incident() {
    CapturedFrame frame =
        new CapturedFrame("shop.Orders", "total", "()I", "Orders.java", 2, true, null, List.of());
    Signal signal =
        new Signal(
            "s1",
            Signal.Kind.ERROR,
            new Origin("shop", "i-1", null, "0123abc", null, "agent"),
            trust,
            AT,
            "main",
            new CapturedException("java.lang.NullPointerException", null, List.of(frame), null),
            null,
            "nothing handles it",
            1);
    return new Incident(
        ID, new Fingerprint(List.of("aa"), "test:1"), "NPE in Orders.total", AT, AT, 1, signal);
  }

  static PatchGenerator proposing(Candidate... candidates) {
    return new PatchGenerator() {
      @Override
      public String name() {
        return "proposing";
      }

      @Override
      public Stream<Candidate> candidates(RepairCase repairCase) {
        return Stream.of(candidates);
      }
    };
  }

  static PatchGenerator crashing() {
    return new PatchGenerator() {
      @Override
      public String name() {
        return "crashing";
      }

      @Override
      public Stream<Candidate> candidates(RepairCase repairCase) {
        return Stream.generate(
            () -> {
              throw new IllegalStateException("crashed");
            });
      }
    };
  }

  /** Replaces {@code x.y()} by {@code text}. */
  static Candidate candidate(String text, double score) {
    int start = TEXT.indexOf("x.y()");
    Patch patch = new Patch(List.of(new Replacement(PATH, start, start + 5, "x.y()", text)));
    return new Candidate(patch, "proposing/" + text, "says " + text, score);
  }

  static TestDraft draft() {
    return new TestDraft(
        "",
        "src/test/java/shop/OrdersFailTest.java",
        "class OrdersFailTest {}",
        "shop.OrdersFailTest",
        List.of("fails"),
        TestDraft.Rung.PURE_FRAME,
        List.of());
  }

  private ScriptedLaboratory laboratory() {
    TestResult failed =
        new TestResult(
            "shop.OrdersFailTest",
            "fails",
            TestResult.Status.FAILED,
            Optional.of(incident().exception()));
    TestResult passed =
        new TestResult("shop.OrdersFailTest", "fails", TestResult.Status.PASSED, Optional.empty());
    return new ScriptedLaboratory(
        job -> new LabReport.Ran(List.of(reproducible ? failed : passed), Map.of(), "scripted"),
        confirmation);
  }

  private Revisions revisions() {
    return new Revisions() {
      @Override
      public Checkout checkout(@Nullable String revision) {
        checkouts.add(String.valueOf(revision));
        return checkout == null
            ? new Checkout.Found(new TextTree("f".repeat(40), Map.of(PATH, TEXT)), "")
            : checkout;
      }

      @Override
      public List<CommitRef> lastTouched(SourceTree tree, List<SourcePlace> places, int limit) {
        return List.of(new CommitRef("f".repeat(40), "Ada", AT, "Add total", PATH));
      }
    };
  }

  private FaultLocalizer localizer() {
    SourcePlace place = new SourcePlace(PATH, "shop.Orders", "total", "()I", 2, 17, 24);
    return (incident, tree, project) ->
        new Diagnosis(
            ID,
            FaultClass.NULL_DEREFERENCE,
            null,
            List.of(new Suspect(place, 0.9, Suspect.Role.FAILED, List.of("it threw"))),
            "x is null",
            List.of(),
            repairable,
            repairable ? null : "Kotlin");
  }

  private ValidationStep step(String oracle, int cost) {
    return new ValidationStep() {
      @Override
      public String oracle() {
        return oracle;
      }

      @Override
      public int cost() {
        return cost;
      }

      @Override
      public StepResult check(Candidate candidate, RepairCase repairCase) {
        if (oracle.equals(REPRODUCTION) && repairCase.test().isEmpty()) {
          return new StepResult.NotApplicable("no reproduction");
        }
        return says.apply(oracle, candidate);
      }
    };
  }

  private static ProjectModel project() {
    Path root = Path.of("/nowhere/built");
    return new ProjectModel(
        root,
        ProjectModel.BuildTool.MAVEN,
        Path.of("/nowhere/jdk"),
        List.of(
            new ProjectModel.Module(
                "shop",
                "",
                List.of(),
                List.of(),
                root,
                root,
                List.of(),
                List.of(),
                List.of(),
                17,
                List.of(),
                ProjectModel.TestSettings.defaults())));
  }
}
