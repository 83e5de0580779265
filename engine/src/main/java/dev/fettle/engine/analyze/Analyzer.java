package dev.fettle.engine.analyze;

import dev.fettle.contract.model.Analysis;
import dev.fettle.contract.model.Diagnosis;
import dev.fettle.contract.model.FaultClass;
import dev.fettle.contract.model.Incident;
import dev.fettle.contract.model.ProjectModel;
import dev.fettle.contract.model.SourcePlace;
import dev.fettle.contract.model.Suspect;
import dev.fettle.contract.model.Undiagnosed;
import dev.fettle.contract.spi.FaultLocalizer;
import dev.fettle.contract.spi.Revisions;
import dev.fettle.contract.spi.SourceTree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Asks every localizer, merges what they suspect, and adds who last touched it. Immutable. */
public final class Analyzer {
  private static final int BLAMED_PLACES = 3;
  private static final int COMMITS = 5;

  private final List<FaultLocalizer> localizers;
  private final Revisions revisions;

  public Analyzer(List<FaultLocalizer> localizers, Revisions revisions) {
    this.localizers = List.copyOf(localizers);
    this.revisions = revisions;
  }

  /** The merged diagnosis, or every localizer's reason for having none. */
  public Analysis analyze(Incident incident, SourceTree tree, ProjectModel project) {
    List<Diagnosis> found = new ArrayList<>();
    Set<String> reasons = new LinkedHashSet<>();
    for (FaultLocalizer localizer : localizers) {
      Analysis analysis = localizer.localize(incident, tree, project);
      if (analysis instanceof Diagnosis diagnosis) {
        found.add(diagnosis);
      } else if (analysis instanceof Undiagnosed undiagnosed) {
        reasons.add(undiagnosed.reason());
      }
    }
    if (found.isEmpty()) {
      return new Undiagnosed(reasons.isEmpty() ? "no localizer" : String.join("; ", reasons));
    }
    Diagnosis merged = merge(found);
    return merged.withCommits(revisions.lastTouched(tree, blamed(merged), COMMITS));
  }

  /** A named fault class beats OTHER, then the surest prime suspect leads. */
  private static Diagnosis merge(List<Diagnosis> found) {
    Diagnosis lead =
        found.stream()
            .max(
                Comparator.<Diagnosis, Boolean>comparing(d -> d.faultClass() != FaultClass.OTHER)
                    .thenComparing(d -> d.prime().suspiciousness()))
            .orElseThrow();
    Map<SourcePlace, Suspect> suspects = new LinkedHashMap<>();
    lead.suspects().forEach(s -> suspects.merge(s.place(), s, Analyzer::both));
    for (Diagnosis diagnosis : found) {
      diagnosis.suspects().forEach(s -> suspects.merge(s.place(), s, Analyzer::both));
    }
    List<Suspect> ranked = new ArrayList<>(suspects.values());
    ranked.sort(Comparator.comparingDouble(Suspect::suspiciousness).reversed());
    return new Diagnosis(
        lead.incident(),
        lead.faultClass(),
        lead.expression(),
        ranked,
        lead.rootCause(),
        lead.commits(),
        lead.repairable(),
        lead.limitation());
  }

  private static Suspect both(Suspect one, Suspect other) {
    Set<String> evidence = new LinkedHashSet<>(one.evidence());
    evidence.addAll(other.evidence());
    return new Suspect(
        one.place(),
        Math.max(one.suspiciousness(), other.suspiciousness()),
        one.role(),
        List.copyOf(evidence));
  }

  private static List<SourcePlace> blamed(Diagnosis diagnosis) {
    return diagnosis.suspects().stream().limit(BLAMED_PLACES).map(Suspect::place).toList();
  }
}
