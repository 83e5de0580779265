package dev.fettle.engine.monitor;

/**
 * How much the monitor lets in. Rates are per second, with a burst of ten seconds' worth.
 *
 * @param perService signals of one service
 * @param perFingerprint signals of one fingerprint of one service
 * @param newPerService new incidents of one service, by trust tier: who forges cannot use up what
 *     authenticated agents may open
 * @param newPerTier new incidents of all services of one trust tier: senders choose the names of
 *     their services
 * @param tracked fingerprints and services whose rates are remembered; the least recently used are
 *     forgotten
 */
public record Limits(
    double perService,
    double perFingerprint,
    double newPerService,
    double newPerTier,
    int tracked) {
  /** For one server on a small machine. */
  public static Limits defaults() {
    return new Limits(200, 20, 10, 20, 20_000);
  }
}
