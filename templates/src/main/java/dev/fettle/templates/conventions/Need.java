package dev.fettle.templates.conventions;

import dev.fettle.templates.code.TypeName;

/**
 * What fits at the place that needs an answer.
 *
 * @param returns what the method or lambda returns; {@code void} for none; {@link TypeName#UNKNOWN}
 *     where returning is impossible
 * @param loop whether {@code continue} would skip one of many
 * @param wanted the type a default must have; {@link TypeName#UNKNOWN} when none fits
 * @param shape what would be replaced, with {@code _} for the value itself; empty when unknown
 */
public record Need(TypeName returns, boolean loop, TypeName wanted, Use use, String shape) {

  /** How the value is used. */
  public enum Use {
    ADDED,
    MULTIPLIED,
    CONCATENATED,
    CONDITION,
    ITERATED,
    PASSED,
    RETURNED,
    OTHER
  }

  public boolean returnable() {
    return returns.known() && !returns.simple().equals("void");
  }
}
