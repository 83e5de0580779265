package dev.fettle.templates.conventions;

/** Kinds of trouble a code base has ways to treat. */
public enum Situation {
  /** Null, an empty Optional, a key that is not there. */
  ABSENT,
  /** A collection or text with nothing in it. */
  EMPTY,
  /** Text that does not parse. */
  UNPARSABLE,
  /** An index or size that does not fit. */
  OUT_OF_RANGE,
  /** A divisor or total of zero. */
  ZERO,
  /** An object of another type than needed. */
  WRONG_TYPE,
  /** An enum constant that nothing was written for. */
  UNKNOWN_CASE
}
