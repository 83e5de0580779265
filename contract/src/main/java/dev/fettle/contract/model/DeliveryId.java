package dev.fettle.contract.model;

import java.util.regex.Pattern;

/** Names a delivery, such as {@code del-3f9a1c0b2d-branch}. */
public record DeliveryId(String value) {
  private static final Pattern FORM = Pattern.compile("del-[0-9a-z]{6,32}-[a-z]{2,16}");

  public DeliveryId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not a delivery id (del-...): " + value);
    }
  }

  /** The id of what {@code channel} delivers for an incident; the same each time. */
  public static DeliveryId of(IncidentId incident, String channel) {
    return new DeliveryId("del-" + incident.value().substring("inc-".length()) + "-" + channel);
  }

  @Override
  public String toString() {
    return value;
  }
}
