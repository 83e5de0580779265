package dev.fettle.contract.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A patch that might repair an incident.
 *
 * @param generator who proposed it, for example {@code templates/GuardNullReceiver}
 * @param rationale one sentence for people: what it changes and why that should help
 * @param score in [0, 1]; higher is tried and ranked first
 * @param features what a learned confidence may look at, by name; empty where the generator
 *     measured nothing
 */
public record Candidate(
    Patch patch, String generator, String rationale, double score, Map<String, Double> features) {
  public Candidate(
      Patch patch,
      String generator,
      String rationale,
      double score,
      @Nullable Map<String, Double> features) {
    this.patch = patch;
    this.generator = generator;
    this.rationale = rationale;
    this.score = score;
    // cases that were stored before there were features have none
    this.features = features == null ? Map.of() : Map.copyOf(features);
    if (!(score >= 0 && score <= 1)) {
      throw new IllegalArgumentException("score outside [0, 1]: " + score);
    }
  }

  /** One of which nothing was measured. */
  public Candidate(Patch patch, String generator, String rationale, double score) {
    this(patch, generator, rationale, score, Map.of());
  }
}
