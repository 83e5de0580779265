package dev.fettle.contract.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why an incident happened.
 *
 * @param expression null when the line could not be narrowed
 * @param suspects most suspicious first, at least one
 * @param rootCause one or two sentences for people
 * @param repairable whether source repair may be tried; false for, say, Kotlin or when the source
 *     differs from what runs
 * @param limitation why not repairable; null when it is
 */
public record Diagnosis(
    IncidentId incident,
    FaultClass faultClass,
    @Nullable FailingExpression expression,
    List<Suspect> suspects,
    String rootCause,
    List<CommitRef> commits,
    boolean repairable,
    @Nullable String limitation)
    implements Analysis {
  public Diagnosis {
    if (suspects.isEmpty()) {
      throw new IllegalArgumentException("a diagnosis needs a suspect");
    }
    suspects = List.copyOf(suspects);
    commits = List.copyOf(commits);
  }

  /** The most suspicious place. */
  public Suspect prime() {
    return suspects.get(0);
  }

  /** The same with the commits that last touched the suspects. */
  public Diagnosis withCommits(List<CommitRef> found) {
    return new Diagnosis(
        incident, faultClass, expression, suspects, rootCause, found, repairable, limitation);
  }
}
