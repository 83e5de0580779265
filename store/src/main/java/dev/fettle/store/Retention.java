package dev.fettle.store;

import java.time.Duration;

/**
 * How long and how much a store keeps of incidents and heals.
 *
 * @param age since an incident was last seen, or a heal happened; zero keeps all
 * @param bytes what incidents, case files and heals may take together, oldest go first; 0 for no
 *     limit
 */
public record Retention(Duration age, long bytes) {
  /** Keeps everything. */
  public static final Retention ALL = new Retention(Duration.ZERO, 0);

  public Retention {
    if (age.isNegative() || bytes < 0) {
      throw new IllegalArgumentException(
          "expected a time and a size of zero or more to keep, got " + age + " and " + bytes);
    }
  }

  boolean all() {
    return age.isZero() && bytes == 0;
  }
}
