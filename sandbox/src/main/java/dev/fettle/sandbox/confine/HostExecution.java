package dev.fettle.sandbox.confine;

/** Whether a project's code may run on the host where nothing can confine it. */
public enum HostExecution {
  /** The user named the checkout and so trusts it; every output says that it ran on the host. */
  ALLOWED,
  /** Nothing runs without confinement. */
  REFUSED
}
