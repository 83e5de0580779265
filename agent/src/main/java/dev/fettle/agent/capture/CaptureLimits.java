package dev.fettle.agent.capture;

/**
 * Bounds of one capture, all frames together.
 *
 * @param depth objects within objects; JDK collections do not count
 * @param elements of a collection, array or map
 * @param fields of an object
 * @param values of all frames
 * @param characters of all frames
 */
public record CaptureLimits(int depth, int elements, int fields, int values, int characters) {
  /** What the agent uses. */
  public static final CaptureLimits DEFAULT = new CaptureLimits(4, 100, 20, 2000, 64 << 10);
}
