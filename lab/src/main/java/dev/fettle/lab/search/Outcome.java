package dev.fettle.lab.search;

/** What a trial did, condensed to a text: equal for candidates that behave alike. */
record Outcome(Printed printed, StaticState state) {
  private static final int PRINTED = 200;

  /** What a main program printed, or a digest of what a test method's code returned; the end. */
  String of(Trial trial) {
    return trial instanceof MainTrial ? ofMain(trial) : ofMethod(trial);
  }

  private String ofMain(Trial trial) {
    printed.clear();
    Throwable thrown = state.run(trial);
    if (Fuel.exhausted()) {
      return "!steps";
    }
    String end =
        thrown == null || thrown instanceof MainTrial.Different
            ? ""
            : "!" + thrown.getClass().getName();
    return printed.text(PRINTED) + end;
  }

  private String ofMethod(Trial trial) {
    Returned.begin();
    Throwable thrown = state.run(trial);
    String end =
        Fuel.exhausted() ? "!steps" : thrown == null ? "" : "!" + thrown.getClass().getName();
    return Long.toHexString(Returned.digest()) + end;
  }
}
