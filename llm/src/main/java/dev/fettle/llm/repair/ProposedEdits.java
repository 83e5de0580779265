package dev.fettle.llm.repair;

import dev.fettle.contract.model.Patch;
import dev.fettle.contract.model.Replacement;
import dev.fettle.contract.spi.SourceTree;
import dev.fettle.llm.context.Brief;
import dev.fettle.llm.context.Span;
import dev.fettle.llm.text.Redaction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Turns the edits of an answer into a patch, or says why not. An edit can only name a span that was
 * shown as editable and lines in it, so nothing that a model says can reach another file.
 * Stateless.
 */
final class ProposedEdits {
  private static final int MAX_EDITS = 6;
  private static final int MAX_LINES = 60;
  private static final int MAX_CHARACTERS = 6_000;

  /** Text that changes how a compiler or a person reads what follows. */
  private static final Pattern UNREADABLE =
      Pattern.compile("\\\\u|[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}&&[^\\t\\n\\r]]");

  private static final Pattern IMPORT =
      Pattern.compile("(?m)^\\s*(import\\s+(static\\s+)?[\\w.*]+\\s*;|package\\s+[\\w.]+\\s*;)");

  private ProposedEdits() {}

  /** What became of an answer. */
  sealed interface Reading {
    /** A patch. */
    record Proposed(Patch patch) implements Reading {}

    /** The model sees no right change. */
    record Declined() implements Reading {}

    /** Refused before anything runs; {@code reason} may be told to the model. */
    record Refused(String reason) implements Reading {}
  }

  static Reading read(JsonNode answer, Brief brief, SourceTree tree) {
    JsonNode edits = answer.path("edits");
    if (edits.isEmpty()) {
      return new Reading.Declined();
    }
    if (edits.size() > MAX_EDITS) {
      return new Reading.Refused(edits.size() + " edits, at most " + MAX_EDITS + " may be");
    }
    List<Replacement> replacements = new ArrayList<>();
    Map<String, List<Integer>> starts = new LinkedHashMap<>();
    int lines = 0;
    for (JsonNode edit : edits) {
      Optional<String> refusal = refusal(edit, brief);
      if (refusal.isPresent()) {
        return new Reading.Refused(refusal.get());
      }
      Span span = brief.span(edit.path("span").asString()).orElseThrow();
      Optional<Replacement> replacement =
          tree.text(span.path())
              .map(
                  t ->
                      replacement(
                          edit, span, t, starts.computeIfAbsent(span.path(), p -> lineStarts(t))));
      if (replacement.isEmpty()) {
        return new Reading.Refused("the revision has no file " + span.path());
      }
      int removed = edit.path("lastLine").asInt() - edit.path("firstLine").asInt() + 1;
      lines += Math.max(removed, (int) edit.path("text").asString().lines().count());
      if (!replacement.get().expected().equals(replacement.get().text())) {
        replacements.add(replacement.get());
      }
    }
    if (lines > MAX_LINES) {
      return new Reading.Refused(lines + " lines changed, at most " + MAX_LINES + " may be");
    }
    if (replacements.isEmpty()) {
      return new Reading.Refused("the edits leave everything as it is");
    }
    try {
      return new Reading.Proposed(new Patch(replacements));
    } catch (IllegalArgumentException e) {
      return new Reading.Refused(String.valueOf(e.getMessage()));
    }
  }

  private static Optional<String> refusal(JsonNode edit, Brief brief) {
    String name = edit.path("span").asString();
    Optional<Span> span = brief.span(name);
    if (span.isEmpty() || !span.get().editable()) {
      return Optional.of("there is no editable span of the name given");
    }
    long first = edit.path("firstLine").asLong();
    long last = edit.path("lastLine").asLong();
    boolean inside =
        first >= span.get().firstLine()
            && first <= span.get().lastLine() + 1L
            && last >= first - 1
            && last <= span.get().lastLine();
    if (!inside) {
      return Optional.of(
          "lines "
              + first
              + ".."
              + last
              + " do not lie in span "
              + name
              + " (lines "
              + span.get().firstLine()
              + ".."
              + span.get().lastLine()
              + ")");
    }
    String text = edit.path("text").asString();
    if (text.length() > MAX_CHARACTERS) {
      return Optional.of("a replacement of more than " + MAX_CHARACTERS + " characters");
    }
    if (UNREADABLE.matcher(text).find()) {
      return Optional.of("control, invisible or escaped characters in a replacement");
    }
    if (text.contains(Redaction.MASK)) {
      return Optional.of("a replacement holds " + Redaction.MASK + "; leave such lines alone");
    }
    if (IMPORT.matcher(text).find()) {
      return Optional.of("no imports: write the class with its package");
    }
    return Optional.empty();
  }

  /** Whole lines; the line end of the file is kept. */
  private static Replacement replacement(
      JsonNode edit, Span span, String text, List<Integer> starts) {
    int first = edit.path("firstLine").asInt();
    int last = edit.path("lastLine").asInt();
    int from = first <= starts.size() ? starts.get(first - 1) : text.length();
    int to = last < starts.size() ? starts.get(last) : text.length();
    to = Math.max(from, to);
    String end = text.contains("\r\n") ? "\r\n" : "\n";
    StringBuilder lines = new StringBuilder();
    edit.path("text")
        .asString()
        .replaceAll("</?error>", "")
        .lines()
        .forEach(l -> lines.append(l.stripTrailing()).append(end));
    String expected = text.substring(from, to);
    String now = lines.toString();
    if (!expected.isEmpty() && !expected.endsWith("\n") && now.endsWith(end)) {
      now = now.substring(0, now.length() - end.length());
    }
    return new Replacement(span.path(), from, to, expected, now);
  }

  private static List<Integer> lineStarts(String text) {
    List<Integer> starts = new ArrayList<>(List.of(0));
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\n') {
        starts.add(i + 1);
      }
    }
    return starts;
  }
}
