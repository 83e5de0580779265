package dev.fettle.lab;

/** Puts probes into main classes as they are loaded. Thread-safe. */
interface Probing {
  /** The class with probes; unchanged when it cannot be rewritten. */
  byte[] instrument(byte[] bytes);
}
