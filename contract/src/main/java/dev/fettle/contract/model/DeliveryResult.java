package dev.fettle.contract.model;

/** What a channel made of a plausible patch. */
public sealed interface DeliveryResult {
  /** Done, now or before: delivering twice leaves one result. */
  record Delivered(Delivery delivery) implements DeliveryResult {}

  /** Policy said no; {@code rule} names the rule. */
  record Withheld(String channel, String rule) implements DeliveryResult {}

  /** The world said no. */
  record Undelivered(String channel, String reason) implements DeliveryResult {}
}
