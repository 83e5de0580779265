package dev.fettle.delivery.change;

import dev.fettle.contract.model.Confidence;
import dev.fettle.contract.model.Diagnosis;
import dev.fettle.contract.model.Plausible;
import dev.fettle.contract.model.Suspect;
import dev.fettle.contract.model.TestDraft;
import dev.fettle.contract.spi.RepairCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a delivery tells people: the same facts in every channel, made {@link Inert}. */
public final class Account {
  private static final int WIDTH = 68;
  private static final int SUBJECT = 72;
  private static final int FACTS = 8;

  private final Plausible plausible;
  private final RepairCase repairCase;

  public Account(Plausible plausible, RepairCase repairCase) {
    this.plausible = plausible;
    this.repairCase = repairCase;
  }

  /** One line of at most 72 characters, in the imperative. */
  public String subject() {
    Diagnosis diagnosis = repairCase.diagnosis();
    String type = simple(repairCase.incident().exception().root().type());
    String place = simple(diagnosis.prime().place().className());
    String method = diagnosis.prime().place().method();
    String full = "Fix " + type + " in " + place + (method.isEmpty() ? "" : "." + method);
    String line = Inert.line(full, 200);
    if (line.length() <= SUBJECT) {
      return line;
    }
    String shorter = Inert.line("Fix " + type + " in " + place, 200);
    return shorter.length() <= SUBJECT ? shorter : Inert.line(shorter, SUBJECT);
  }

  /** Paragraphs of lines up to 72 characters; how to undo it is the channel's to add. */
  public List<String> body() {
    List<String> out = new ArrayList<>();
    paragraph(out, "Root cause:", List.of(repairCase.diagnosis().rootCause()));
    paragraph(out, "Change:", List.of(plausible.candidate().rationale()));
    if (!plausible.callers().isEmpty()) {
      paragraph(out, "For callers:", List.of(plausible.callers()));
    }
    paragraph(out, "Evidence:", evidence());
    paragraph(out, "Oracles passed:", List.of(String.join(", ", plausible.passedOracles())));
    paragraph(out, confidenceTitle(), confidenceFacts());
    paragraph(out, reproductionTitle(), reproductionFacts());
    return out;
  }

  /** The incident's id, title and count on one line. */
  public String incidentLine() {
    return Inert.line(
        "Incident "
            + repairCase.incident().id()
            + ": "
            + repairCase.incident().title()
            + " (seen "
            + repairCase.incident().count()
            + "x)",
        200);
  }

  private List<String> evidence() {
    List<String> facts = new ArrayList<>();
    for (Suspect suspect : repairCase.diagnosis().suspects().stream().limit(3).toList()) {
      for (String fact : suspect.evidence()) {
        facts.add(suspect.place().display() + ": " + fact);
      }
    }
    return facts;
  }

  private String confidenceTitle() {
    Confidence confidence = plausible.confidence();
    return String.format(
        Locale.ROOT, "Confidence: %.2f (%s)", confidence.score(), confidence.basis());
  }

  /** What the number is the sum of, where it was learned; then what was counted. */
  private List<String> confidenceFacts() {
    Confidence confidence = plausible.confidence();
    List<String> facts = new ArrayList<>();
    if (confidence.logOdds() != null) {
      facts.add(confidence.logOdds().display());
    }
    facts.addAll(confidence.facts());
    return facts;
  }

  private String reproductionTitle() {
    return plausible.proved()
        ? "Reproduction:"
        : "Reproduction: none. This patch is unproved: no test fails without it.";
  }

  private List<String> reproductionFacts() {
    Optional<TestDraft> test = plausible.test();
    if (test.isEmpty()) {
      return List.of();
    }
    List<String> facts = new ArrayList<>();
    facts.add(test.get().className() + " fails without the change and passes with it");
    facts.addAll(test.get().notes());
    return facts;
  }

  private static void paragraph(List<String> out, String title, List<String> facts) {
    if (!out.isEmpty()) {
      out.add("");
    }
    out.add(title);
    for (String fact : facts.stream().limit(FACTS).toList()) {
      String mark = "  - ";
      for (String line : Inert.wrapped(Inert.line(fact), WIDTH)) {
        out.add(mark + line);
        mark = "    ";
      }
    }
    if (facts.size() > FACTS) {
      out.add("  - and " + (facts.size() - FACTS) + " more");
    }
  }

  private static String simple(String className) {
    return className.substring(
        Math.max(className.lastIndexOf('.'), className.lastIndexOf('$')) + 1);
  }
}
