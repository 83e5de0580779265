package dev.fettle.lab.search;

import java.util.BitSet;

/** Which lines ran: woven into editable classes for the first run only. */
public final class Lines {
  private static final BitSet HIT = new BitSet();

  private Lines() {}

  /** A line with this number begins. */
  public static void hit(int id) {
    HIT.set(id);
  }

  static BitSet take() {
    BitSet hit = (BitSet) HIT.clone();
    HIT.clear();
    return hit;
  }
}
