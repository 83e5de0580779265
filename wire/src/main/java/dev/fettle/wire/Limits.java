package dev.fettle.wire;

/** What both sides keep to. A reader refuses what exceeds a limit; a writer must not produce it. */
public final class Limits {
  /** Bytes of one message's payload. */
  public static final int MESSAGE_BYTES = 4 << 20;

  /** Messages in one body. */
  public static final int MESSAGES = 512;

  /** Bytes of one body, all messages. */
  public static final int BODY_BYTES = 16 << 20;

  /** UTF-8 bytes of one string. */
  public static final int STRING_BYTES = 64 << 10;

  /** Entries of one list or map. */
  public static final int ENTRIES = 1024;

  /** Values of one message, all frames together. */
  public static final int VALUES = 16_384;

  /** Nesting of values. */
  public static final int DEPTH = 24;

  /** Throwables of one cause chain. */
  public static final int CAUSES = 20;

  /** Interval of heartbeats. */
  public static final long HEARTBEAT_MILLIS = 2_000;

  private Limits() {}
}
