package dev.fettle.delivery.change;

import com.github.difflib.text.DiffRow;
import com.github.difflib.text.DiffRowGenerator;
import java.util.ArrayList;
import java.util.List;

/** A file change as rows of two columns, for display. Text is raw: whoever shows it escapes it. */
public final class SideBySide {
  private SideBySide() {}

  /** What a row shows. */
  public enum Kind {
    SAME,
    CHANGED,
    REMOVED,
    ADDED
  }

  /**
   * One row.
   *
   * @param oldLine 1-based; 0 when the left side is empty
   * @param newLine 1-based; 0 when the right side is empty
   */
  public record Row(Kind kind, int oldLine, String oldText, int newLine, String newText) {}

  /** All rows of the file, unchanged lines included. */
  public static List<Row> of(FileChange change) {
    DiffRowGenerator generator =
        DiffRowGenerator.create()
            .showInlineDiffs(false)
            .lineNormalizer(line -> line)
            .reportLinesUnchanged(true)
            .build();
    List<String> old = shown(change.before().orElse(""));
    List<String> now = shown(change.after());
    List<Row> rows = new ArrayList<>();
    int oldLine = 0;
    int newLine = 0;
    for (DiffRow row : generator.generateDiffRows(old, now)) {
      Kind kind = kind(row.getTag());
      boolean left = kind != Kind.ADDED;
      boolean right = kind != Kind.REMOVED;
      oldLine += left ? 1 : 0;
      newLine += right ? 1 : 0;
      rows.add(
          new Row(
              kind,
              left ? oldLine : 0,
              left ? row.getOldLine() : "",
              right ? newLine : 0,
              right ? row.getNewLine() : ""));
    }
    return List.copyOf(rows);
  }

  /** The rows near a change, {@code context} lines around; gaps are simply absent. */
  public static List<Row> near(FileChange change, int context) {
    List<Row> all = of(change);
    List<Row> near = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      List<Row> around =
          all.subList(Math.max(0, i - context), Math.min(all.size(), i + context + 1));
      if (around.stream().anyMatch(r -> r.kind() != Kind.SAME)) {
        near.add(all.get(i));
      }
    }
    return List.copyOf(near);
  }

  private static Kind kind(DiffRow.Tag tag) {
    return switch (tag) {
      case EQUAL -> Kind.SAME;
      case CHANGE -> Kind.CHANGED;
      case DELETE -> Kind.REMOVED;
      case INSERT -> Kind.ADDED;
    };
  }

  private static List<String> shown(String text) {
    return UnifiedDiff.lines(text).stream()
        .map(
            l ->
                l.endsWith("\r\n")
                    ? l.substring(0, l.length() - 2)
                    : l.stripTrailing().isEmpty() ? "" : l.replaceFirst("\n$", ""))
        .toList();
  }
}
