package dev.fettle.wire;

import java.util.Arrays;

/**
 * What a server wants done at one place of one agent about one class of exception. Signed as
 * packed, so that no byte of it can be changed and none can be sent to another agent, twice, or
 * late.
 */
public sealed interface HealOrder permits SnippetOrder, RemedyOrder {
  /** Unique. */
  String id();

  /** Instance that may carry it out. */
  String agent();

  /** Higher than that of every order before it to the same agent. */
  long sequence();

  /** Milliseconds since the epoch; also when it stops being used. */
  long expires();

  /** Binary name. */
  String className();

  /** Of the failing frame. */
  String method();

  /** Of the method. */
  String descriptor();

  /** Of the failing statement; 0 for any of the method. */
  int line();

  /** Class that it is for. */
  String exception();

  /** One line for people. */
  String rationale();

  /** In thousandths. */
  int confidence();

  /** The bytes that are signed; they begin with what they are for. */
  byte[] pack();

  /**
   * Reads what {@link #pack} made.
   *
   * @throws MalformedMessageException when it is anything else
   */
  static HealOrder unpack(byte[] bytes) throws MalformedMessageException {
    return isFor(RemedyOrder.PURPOSE, bytes)
        ? RemedyOrder.unpack(bytes)
        : SnippetOrder.unpack(bytes);
  }

  /** Whether bytes begin with a purpose. */
  static boolean isFor(byte[] purpose, byte[] bytes) {
    return bytes.length >= purpose.length
        && Arrays.equals(bytes, 0, purpose.length, purpose, 0, purpose.length);
  }
}
