package dev.fettle.cli.repair;

import dev.fettle.contract.model.Confidence;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a repair ended.
 *
 * @param patches best first
 * @param reason for people, where there is no patch
 * @param failing {@code class#method} of the tests to repair
 * @param unstable tests that do not fail every time, left out
 * @param outside tests that fail for reasons outside of the code, left out
 * @param notes what else a user should know
 * @param seconds wall time by phase
 */
public record Repaired(
    End end,
    List<Found> patches,
    String reason,
    List<String> failing,
    List<String> unstable,
    List<String> outside,
    List<String> notes,
    Map<String, Double> seconds,
    long tried,
    int plausible,
    Duration wall,
    Duration cpu) {
  public Repaired {
    patches = List.copyOf(patches);
    failing = List.copyOf(failing);
    unstable = List.copyOf(unstable);
    outside = List.copyOf(outside);
    notes = List.copyOf(notes);
    seconds = new LinkedHashMap<>(seconds);
  }

  /** The ends. */
  public enum End {
    /** At least one patch. */
    REPAIRED,
    /** No test fails. */
    PASSING,
    /** No candidate passes. */
    NOT_REPAIRED,
    /** Candidates passed in the laboratory, and the project's own build refuses them. */
    REFUSED,
    /** The project could not be read, or has nothing to repair. */
    UNREADABLE
  }

  /** What the project's own build said of a patch. */
  public enum Confirmed {
    /** It passed. */
    YES,
    /** There was no time, or no build that could be asked. */
    NOT_ASKED
  }

  /**
   * A patch.
   *
   * @param changes whole new contents by path relative to the project
   * @param diff that {@code git apply} takes, in the project's directory
   * @param rootCause what is wrong, in words
   * @param reason what the patch does about it
   * @param callers what it changes for callers, one sentence for each changed method
   * @param input on which it differs from the next one; null when none is known
   * @param confidence learned or counted, with what speaks for it
   * @param confirmation for people
   */
  public record Found(
      Map<String, byte[]> changes,
      byte[] diff,
      String origin,
      String rootCause,
      String reason,
      List<String> callers,
      List<String> evidence,
      @Nullable String input,
      Confidence confidence,
      Confirmed confirmed,
      String confirmation) {
    public Found {
      callers = List.copyOf(callers);
      evidence = List.copyOf(evidence);
    }
  }
}
