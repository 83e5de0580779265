package dev.fettle.delivery;

import dev.fettle.contract.model.Candidate;
import dev.fettle.contract.model.CapturedException;
import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.contract.model.Confidence;
import dev.fettle.contract.model.Diagnosis;
import dev.fettle.contract.model.FaultClass;
import dev.fettle.contract.model.Fingerprint;
import dev.fettle.contract.model.Incident;
import dev.fettle.contract.model.IncidentId;
import dev.fettle.contract.model.Origin;
import dev.fettle.contract.model.Patch;
import dev.fettle.contract.model.Plausible;
import dev.fettle.contract.model.ProjectModel;
import dev.fettle.contract.model.Replacement;
import dev.fettle.contract.model.Signal;
import dev.fettle.contract.model.SourcePlace;
import dev.fettle.contract.model.Suspect;
import dev.fettle.contract.model.TestDraft;
import dev.fettle.contract.model.TrustTier;
import dev.fettle.contract.spi.RepairCase;
import dev.fettle.contract.spi.SourceTree;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Builds what a channel is given. */
public final class Repairs {
  public static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  public static final String HASH = "3f9a1c0b2d4e5f60718293a4b5c6d7e8";

  private Repairs() {}

  public static Patch edit(String path, String before, String old, String now) {
    int start = before.indexOf(old);
    return new Patch(List.of(new Replacement(path, start, start + old.length(), old, now)));
  }

  public static TestDraft test(String path, String text) {
    return new TestDraft(
        "",
        path,
        text,
        "shop.CartFettleTest",
        List.of("totals"),
        TestDraft.Rung.PURE_FRAME,
        List.of("the price list was synthesized"));
  }

  public static Plausible plausible(Patch patch, TestDraft test) {
    return plausible(patch, Optional.of(test), "guards the null price");
  }

  public static Plausible plausible(Patch patch, Optional<TestDraft> test, String rationale) {
    return new Plausible(
        new Candidate(patch, "templates/GuardNullReceiver", rationale, 0.9),
        List.of("compiles", "reproduction"),
        Confidence.counted(0.81, List.of("3 affected tests pass", "1 statement changed")),
        test,
        "callers of Prices.of(String) see the same declaration");
  }

  public static RepairCase repairCase(SourceTree tree, Plausible plausible) {
    return repairCase(tree, plausible, "price of an unknown item is null");
  }

  public static RepairCase repairCase(SourceTree tree, Plausible plausible, String rootCause) {
    return repairCase(tree, plausible, rootCause, HASH);
  }

  public static RepairCase repairCase(
      SourceTree tree, Plausible plausible, String rootCause, String hash) {
    CapturedException thrown =
        new CapturedException(
            "java.lang.NullPointerException",
            rootCause,
            List.of(
                new CapturedFrame(
                    "shop.Cart", "total", "()I", "Cart.java", 4, true, null, List.of())),
            null);
    Signal signal =
        new Signal(
            "sig-1",
            Signal.Kind.ERROR,
            new Origin("shop", "shop-1", null, null, null, "agent"),
            TrustTier.values()[0],
            NOW,
            "main",
            thrown,
            null,
            "nothing handles it",
            1);
    IncidentId id = new IncidentId("inc-" + hash.substring(0, 10));
    Incident incident =
        new Incident(
            id,
            new Fingerprint(List.of(hash, "ab".repeat(16)), "test-1"),
            "NullPointerException in Cart.total",
            NOW,
            NOW,
            3,
            signal);
    SourcePlace place =
        new SourcePlace("src/main/java/shop/Cart.java", "shop.Cart", "total", "()I", 4, 0, 1);
    Diagnosis diagnosis =
        new Diagnosis(
            id,
            FaultClass.NULL_DEREFERENCE,
            null,
            List.of(
                new Suspect(place, 0.9, Suspect.Role.FAILED, List.of("threw here: " + rootCause))),
            rootCause,
            List.of(),
            true,
            null);
    ProjectModel project =
        new ProjectModel(
            tree.root(),
            ProjectModel.BuildTool.PLAIN,
            Path.of(System.getProperty("java.home")),
            List.of(
                new ProjectModel.Module(
                    "shop",
                    "",
                    List.of(),
                    List.of(),
                    tree.root(),
                    tree.root(),
                    List.of(),
                    List.of(),
                    List.of(),
                    17,
                    List.of(),
                    ProjectModel.TestSettings.defaults())));
    return new RepairCase(incident, diagnosis, tree, project, plausible.test());
  }

  /** The same incident, seen in an instance of that revision. */
  public static RepairCase seenIn(RepairCase repairCase, String revision) {
    Incident incident = repairCase.incident();
    Signal sample = incident.sample();
    Signal moved =
        new Signal(
            sample.id(),
            sample.kind(),
            new Origin("shop", "shop-1", null, revision, null, "agent"),
            sample.trust(),
            sample.thrownAt(),
            sample.thread(),
            sample.exception(),
            sample.request(),
            sample.reason(),
            sample.repeats());
    return new RepairCase(
        new Incident(
            incident.id(),
            incident.fingerprint(),
            incident.title(),
            incident.firstSeen(),
            incident.lastSeen(),
            incident.count(),
            moved),
        repairCase.diagnosis(),
        repairCase.tree(),
        repairCase.project(),
        repairCase.test());
  }
}
