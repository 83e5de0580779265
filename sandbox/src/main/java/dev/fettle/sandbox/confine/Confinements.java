package dev.fettle.sandbox.confine;

/** Finds the strongest confinement that works on this machine. */
public final class Confinements {
  private Confinements() {}

  /** The strongest one that passed its self-test; else the host, as far as that is allowed. */
  public static Confinement strongest(HostExecution host) {
    return new HostConfinement(host, "no confinement was tried");
  }
}
