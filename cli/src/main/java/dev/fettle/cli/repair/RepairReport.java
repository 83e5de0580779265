package dev.fettle.cli.repair;

import dev.fettle.cli.run.OutsideText;
import dev.fettle.contract.model.Confidence;
import dev.fettle.contract.model.LogOdds;
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
      patch.put("rootCause", found.rootCause());
      patch.put("reason", found.reason());
      patch.put("callers", found.callers());
      patch.put("evidence", found.evidence());
      patch.put("distinguishingInput", found.input());
      patch.put("confidence", found.confidence().score());
      patch.put("confidenceBasis", found.confidence().basis());
      patch.put("confidenceReasons", reasons(found.confidence()));
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
          found.confidence().score(),
          clean(found.origin()),
          clean(found.reason()));
      out.println("  Root cause: " + clean(found.rootCause()));
      found.callers().forEach(c -> out.println("  Changes: " + clean(c)));
      found.evidence().forEach(e -> out.println("  " + clean(e)));
      out.println("  " + words(found.confidence()));
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

  private static Map<String, Object> reasons(Confidence confidence) {
    Map<String, Object> reasons = new LinkedHashMap<>();
    LogOdds odds = confidence.logOdds();
    if (odds == null) {
      reasons.put("counted", confidence.facts());
      return reasons;
    }
    reasons.put("base", odds.base());
    List<Map<String, Object>> contributions = new ArrayList<>();
    for (LogOdds.Contribution one : odds.contributions()) {
      Map<String, Object> contribution = new LinkedHashMap<>();
      contribution.put("feature", one.feature());
      contribution.put("value", one.value());
      contribution.put("logOdds", one.logOdds());
      contributions.add(contribution);
    }
    reasons.put("contributions", contributions);
    reasons.put("weights", odds.basis().name().toLowerCase(Locale.ROOT));
    return reasons;
  }

  private static String words(Confidence confidence) {
    String facts = String.join("; ", confidence.facts());
    return confidence.logOdds() == null
        ? "confidence is " + confidence.basis() + ": " + facts
        : confidence.logOdds().display() + (facts.isEmpty() ? "" : "; " + facts);
  }

  private static String clean(String text) {
    return OutsideText.printable(text.replace("\r\n", "\n"));
  }
}
