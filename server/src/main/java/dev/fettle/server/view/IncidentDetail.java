package dev.fettle.server.view;

import dev.fettle.contract.model.CapturedException;
import dev.fettle.contract.model.LogOdds;
import dev.fettle.contract.model.Request;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one incident.
 *
 * @param reason why it counts as unanticipated
 * @param exception the sampled exception, frames with values
 * @param settled whether the road has ended, confirmation aside
 * @param note why it went no further; empty when a patch was delivered
 * @param diff unified diff of the chosen patch and its test; empty before there is one
 */
public record IncidentDetail(
    String id,
    String title,
    String status,
    String service,
    @Nullable String revision,
    long count,
    Instant firstSeen,
    Instant lastSeen,
    String reason,
    String thread,
    CapturedException exception,
    @Nullable Request request,
    @Nullable DiagnosisView diagnosis,
    ReproductionView reproduction,
    List<CandidateView> candidates,
    @Nullable CandidateView chosen,
    List<DeliveryView> deliveries,
    List<TimelineEntry> timeline,
    Timings timings,
    boolean settled,
    boolean approvable,
    String note,
    String diff) {

  /** Why it happened. */
  public record DiagnosisView(
      String faultClass,
      String rootCause,
      @Nullable String expression,
      @Nullable String culprit,
      @Nullable String place,
      @Nullable String limitation,
      List<SuspectView> suspects,
      List<CommitView> commits) {}

  /** A suspect; {@code place} is {@code path:line}. */
  public record SuspectView(
      String place, String method, String role, double suspiciousness, List<String> evidence) {}

  /** A commit that last touched a suspect. */
  public record CommitView(
      String revision, String author, Instant at, String subject, String path) {}

  /** Whether a test reproduces it. */
  public record ReproductionView(
      boolean reproduced,
      String summary,
      @Nullable String rung,
      @Nullable String path,
      @Nullable String text,
      List<String> notes) {}

  /**
   * A candidate and what was said of it.
   *
   * @param callers what it changes for callers; empty when nothing looked
   * @param confidence of a plausible one
   * @param confidenceBasis what kind of number that is, in words
   * @param logOdds what it is the logistic function of, where it was learned
   */
  public record CandidateView(
      String generator,
      String rationale,
      double score,
      String verdict,
      String callers,
      @Nullable Double confidence,
      @Nullable String confidenceBasis,
      @Nullable LogOdds logOdds,
      List<String> facts,
      String diff) {}

  /**
   * A delivery and what became of it.
   *
   * @param standing whether nobody took it back
   */
  public record DeliveryView(
      String id,
      String channel,
      String reference,
      Instant at,
      boolean standing,
      List<OutcomeView> outcomes) {}

  /** What became of a delivery. */
  public record OutcomeView(String kind, String detail, Instant at) {}

  /** One line of the journal. */
  public record TimelineEntry(Instant at, String step, String state, String detail) {}

  /** Milliseconds since the throw, null before it happened; {@code diagnosisMs} is a duration. */
  public record Timings(
      @Nullable Long detectionMs,
      @Nullable Long diagnosisMs,
      @Nullable Long reproducedMs,
      @Nullable Long verdictMs,
      @Nullable Long hotPatchMs,
      @Nullable Long mttrMs,
      @Nullable Long confirmedMs) {}
}
