package dev.fettle.contract.model;

/** How far a signal's sender is believed. A public key may group and count, never start work. */
public enum TrustTier {
  PUBLIC,
  AUTHENTICATED
}
