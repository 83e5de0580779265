package dev.fettle.server.heal;

import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.intake.agent.FittingRemedies;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Which built-in remedies fit where, as agents last said; the latest places only. Thread-safe. */
final class KnownFits {
  private static final int KEPT = 1_000;

  private final Map<String, Set<String>> fits =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Set<String>> eldest) {
          return size() > KEPT;
        }
      };

  synchronized void told(FittingRemedies fit) {
    fits.put(
        key(fit.className(), fit.method(), fit.descriptor(), fit.line(), fit.exception()),
        fit.remedies());
  }

  /** Names of remedies; empty where no agent said anything. */
  synchronized Set<String> at(CapturedFrame frame, String exception) {
    return fits.getOrDefault(
        key(frame.className(), frame.method(), frame.descriptor(), frame.line(), exception),
        Set.of());
  }

  private static String key(
      String className, String method, String descriptor, int line, String exception) {
    return className + " " + method + descriptor + " " + line + " " + exception;
  }
}
