package dev.fettle.contract.spi;

import dev.fettle.contract.model.Delivery;
import dev.fettle.contract.model.DeliveryResult;
import dev.fettle.contract.model.Plausible;

/** Takes a plausible patch to where people or programs use it. Never judges or edits it. */
public interface DeliveryChannel {
  /** Lower-case letters, for example {@code branch}. */
  String name();

  /** Delivering the same incident twice leaves one result. */
  DeliveryResult deliver(Plausible plausible, RepairCase repairCase);

  /**
   * Takes it back.
   *
   * @return one line for people: what was undone
   */
  String withdraw(Delivery delivery, String reason);
}
