package dev.fettle.contract.model;

import java.util.Optional;

/**
 * How one test method ended.
 *
 * @param failure what it threw, trace only; empty unless failed
 */
public record TestResult(
    String className, String method, Status status, Optional<CapturedException> failure) {

  /** Ends of a test. */
  public enum Status {
    PASSED,
    FAILED,
    SKIPPED
  }

  /** {@code class#method}. */
  public String name() {
    return className + "#" + method;
  }
}
