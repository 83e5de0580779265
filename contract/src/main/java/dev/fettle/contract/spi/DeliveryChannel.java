package dev.fettle.contract.spi;

import dev.fettle.contract.model.Delivery;
import dev.fettle.contract.model.DeliveryResult;
import dev.fettle.contract.model.Plausible;
import dev.fettle.contract.model.Withdrawal;

/** Takes a plausible patch to where people or programs use it. Never judges or edits it. */
public interface DeliveryChannel {
  /** Lower-case letters, for example {@code branch}. */
  String name();

  /** Delivering the same incident twice leaves one result. */
  DeliveryResult deliver(Plausible plausible, RepairCase repairCase);

  /** Takes it back, where that overwrites nobody's work. */
  Withdrawal withdraw(Delivery delivery, String reason);
}
