package dev.fettle.source.reproduce;

/** A value, receiver or whole draft that cannot be written; ends that attempt only. */
final class NotBuildable extends RuntimeException {
  private static final long serialVersionUID = 1;

  NotBuildable(String reason) {
    super(reason, null, false, false);
  }
}
