package dev.fettle.cli.repair;

import dev.fettle.engine.confidence.ConfidenceModel;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A repair's result for people and for programs. */
public final class RepairReport {
  private static final String CALIBRATED_ON =
      "small programs with planted bugs: docs/confidence.md";

  private RepairReport() {}

  /** As one JSON object's members. */
  public static Map<String, Object> object(Repaired repaired, int exitCode) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("end", repaired.end().name());
    object.put("exitCode", exitCode);
    object.put("reason", repaired.reason());
    object.put("failing", repaired.failing());
    object.put("unstable", repaired.unstable());
    object.put("outside", repaired.outside());
    object.put("notes", repaired.notes());
    object.put("tried", repaired.tried());
    object.put("plausible", repaired.plausible());
    object.put("wallSeconds", repaired.wall().toMillis() / 1000.0);
    object.put("cpuSeconds", repaired.cpu().toMillis() / 1000.0);
    object.put("phases", repaired.seconds());
    List<Map<String, Object>> patches = new ArrayList<>();
    int rank = 0;
    for (Repaired.Found found : repaired.patches()) {
      Map<String, Object> patch = new LinkedHashMap<>();
      patch.put("rank", ++rank);
      patch.put("files", List.copyOf(found.changes().keySet()));
      patch.put("diff", new String(found.diff(), StandardCharsets.UTF_8));
      // The text above is for reading; a file that is no UTF-8 survives in these.
      patch.put("diffBytes", Base64.getEncoder().encodeToString(found.diff()));
      patch.put("origin", found.origin());
      patch.put("reason", found.reason());
      patch.put("evidence", found.evidence());
      patch.put("distinguishingInput", found.input());
      patch.put("confidence", found.confidence());
      found.reasons().ifPresent(r -> patch.put("confidenceReasons", reasons(r)));
      patch.put("confirmed", found.confirmed() == Repaired.Confirmed.YES);
      patch.put("confirmation", found.confirmation());
      patches.add(patch);
    }
    object.put("patches", patches);
    return object;
  }

  /** As text; everything that comes from the project is free of control characters. */
  public static void print(PrintWriter out, Repaired repaired) {
    int rank = 0;
    for (Repaired.Found found : repaired.patches()) {
      out.printf(
          Locale.ROOT,
          "Patch %d, confidence %.2f, by %s%n  %s%n",
          ++rank,
          found.confidence(),
          clean(found.origin()),
          clean(found.reason()));
      found.evidence().forEach(e -> out.println("  " + clean(e)));
      found.reasons().ifPresent(r -> out.println("  " + words(r)));
      out.println("  " + clean(found.confirmation()));
      if (found.input() != null) {
        out.println("  differs from the next on: " + clean(found.input()));
      }
      out.println();
      out.println(clean(new String(found.diff(), StandardCharsets.UTF_8)).stripTrailing());
      out.println();
    }
    if (!repaired.reason().isEmpty()) {
      out.println(clean(repaired.reason()));
    }
    out.printf(
        Locale.ROOT,
        "%d candidates tried, %d plausible; %.1f s, of CPU %.1f s with children%n",
        repaired.tried(),
        repaired.plausible(),
        repaired.wall().toMillis() / 1000.0,
        repaired.cpu().toMillis() / 1000.0);
    out.flush();
  }

  private static Map<String, Object> reasons(ConfidenceModel.Explained explained) {
    Map<String, Object> reasons = new LinkedHashMap<>();
    reasons.put("base", explained.base());
    List<Map<String, Object>> contributions = new ArrayList<>();
    for (ConfidenceModel.Contribution one : explained.contributions()) {
      Map<String, Object> contribution = new LinkedHashMap<>();
      contribution.put("feature", one.feature());
      contribution.put("value", one.value());
      contribution.put("logOdds", one.logOdds());
      contributions.add(contribution);
    }
    reasons.put("contributions", contributions);
    reasons.put("calibratedOn", CALIBRATED_ON);
    return reasons;
  }

  private static String words(ConfidenceModel.Explained explained) {
    double sum = explained.base();
    StringBuilder words = new StringBuilder();
    for (ConfidenceModel.Contribution one : explained.contributions()) {
      sum += one.logOdds();
      words.append("; ").append(one.display());
    }
    return String.format(
        Locale.ROOT,
        "log-odds %+.2f = base %+.2f%s (learned from %s)",
        sum,
        explained.base(),
        words,
        CALIBRATED_ON);
  }

  private static String clean(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints()
        .map(
            c ->
                c == '\n' || c == '\t' || !Character.isISOControl(c) ? c : c == '\r' ? ' ' : 0xFFFD)
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }
}
