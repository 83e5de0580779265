package app;

/**
 * Fails so often at one place that the JIT throws an exception made beforehand, without a trace.
 */
class FastThrow {
  private static final int MOST = 3_000_000;

  static String healed() {
    int bare = 0;
    int i = 0;
    while (bare == 0 && i < MOST) {
      i++;
      bare += length(null, i);
    }
    return bare == 0 ? "none" : "healed";
  }

  /** 1 when what was thrown had no trace, and the frame was healed nevertheless. */
  static int length(String text, int i) {
    int bare = 0;
    try {
      bare = text.length() + i;
    } catch (NullPointerException e) {
      if (e.getStackTrace().length == 0) {
        bare = again(e);
      }
    }
    return bare;
  }

  static int again(NullPointerException e) {
    int n = 1;
    n = rethrown(e);
    return n;
  }

  static int rethrown(NullPointerException e) {
    throw e;
  }
}
