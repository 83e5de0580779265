package dev.fettle.contract.model;

import java.util.List;
import java.util.Optional;

/**
 * What one attempt at an incident found out so far, kept so that a killed server goes on where it
 * was and so that people can read how a patch came about.
 *
 * @param attempt 1 for the first
 * @param revision the commit that was checked out; empty before checkout
 * @param note what checkout said of it, such as that the work tree was dirty; may be empty
 * @param analysis empty before diagnosis
 * @param reproduction empty before reproduction
 * @param judged candidates in the order they were tried
 * @param chosen the patch to deliver; empty before validation or when no candidate was plausible
 */
public record CaseFile(
    IncidentId incident,
    int attempt,
    String revision,
    String note,
    Optional<Analysis> analysis,
    Optional<Reproduction> reproduction,
    List<Judged> judged,
    Optional<Plausible> chosen) {

  /** A candidate and what validation said of it. */
  public record Judged(Candidate candidate, Verdict verdict, List<Fact> facts) {
    public Judged {
      facts = List.copyOf(facts);
    }
  }

  /** What one oracle said. */
  public record Fact(String oracle, StepResult result) {}

  public CaseFile {
    if (attempt < 1) {
      throw new IllegalArgumentException("attempts count from 1, was " + attempt);
    }
    judged = List.copyOf(judged);
  }

  /** A file in which nothing is written yet. */
  public static CaseFile opened(IncidentId incident, int attempt) {
    return new CaseFile(
        incident, attempt, "", "", Optional.empty(), Optional.empty(), List.of(), Optional.empty());
  }

  /** With the revision that was checked out. */
  public CaseFile at(String found, String saying) {
    return new CaseFile(incident, attempt, found, saying, analysis, reproduction, judged, chosen);
  }

  /** With the analysis. */
  public CaseFile with(Analysis found) {
    return new CaseFile(
        incident, attempt, revision, note, Optional.of(found), reproduction, judged, chosen);
  }

  /** With the reproduction. */
  public CaseFile with(Reproduction found) {
    return new CaseFile(
        incident, attempt, revision, note, analysis, Optional.of(found), judged, chosen);
  }

  /** With what validation said. */
  public CaseFile with(List<Judged> candidates, Optional<Plausible> best) {
    return new CaseFile(
        incident, attempt, revision, note, analysis, reproduction, candidates, best);
  }

  /** The diagnosis, if there is one. */
  public Optional<Diagnosis> diagnosis() {
    return analysis.filter(Diagnosis.class::isInstance).map(Diagnosis.class::cast);
  }

  /** The reproducing test, if one was made. */
  public Optional<TestDraft> test() {
    return reproduction
        .filter(Reproduction.Reproduced.class::isInstance)
        .map(r -> ((Reproduction.Reproduced) r).test());
  }
}
