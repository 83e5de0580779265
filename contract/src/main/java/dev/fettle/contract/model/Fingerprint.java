package dev.fettle.contract.model;

import java.util.List;

/**
 * What makes two signals the same incident: any shared hash does. Several algorithms' hashes are
 * kept so that an upgrade of an algorithm does not split incidents.
 *
 * @param hashes lower-case hex, most specific first, at least one
 * @param algorithm name and version of what made them
 */
public record Fingerprint(List<String> hashes, String algorithm) {
  public Fingerprint {
    if (hashes.isEmpty()) {
      throw new IllegalArgumentException("a fingerprint needs a hash");
    }
    hashes = List.copyOf(hashes);
  }

  /** The most specific hash. */
  public String primary() {
    return hashes.get(0);
  }
}
