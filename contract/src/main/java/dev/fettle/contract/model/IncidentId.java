package dev.fettle.contract.model;

import java.util.regex.Pattern;

/** Names an incident, such as {@code inc-3f9a1c0b2d}. */
public record IncidentId(String value) {
  private static final Pattern FORM = Pattern.compile("inc-[0-9a-z]{6,32}");

  public IncidentId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not an incident id (inc-...): " + value);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
