package dev.fettle.delivery.change;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A change set as a unified diff that {@code git apply} takes. A line ends at LF and keeps its CR;
 * a last line without LF is marked the way git does. Paths are quoted as git quotes them.
 */
public final class UnifiedDiff {
  private static final int CONTEXT = 3;
  private static final String ABSENT = "0".repeat(40);

  private UnifiedDiff() {}

  /** The diff of all files, in their order. Files that do not change are left out. */
  public static String of(List<FileChange> files) {
    StringBuilder out = new StringBuilder();
    files.stream()
        .filter(f -> f.before().isEmpty() || !f.before().get().equals(f.after()))
        .forEach(f -> append(out, f));
    return out.toString();
  }

  private static void append(StringBuilder out, FileChange file) {
    boolean isNew = file.before().isEmpty();
    String before = file.before().orElse("");
    out.append("diff --git ").append(quoted("a/" + file.path())).append(' ');
    out.append(quoted("b/" + file.path())).append('\n');
    if (isNew) {
      out.append("new file mode 100644\n");
    }
    out.append("index ").append(isNew ? ABSENT : blobId(before)).append("..");
    out.append(blobId(file.after())).append('\n');
    List<String> old = lines(before);
    List<String> now = lines(file.after());
    List<AbstractDelta<String>> deltas = DiffUtils.diff(old, now).getDeltas();
    if (deltas.isEmpty()) {
      return; // An added empty file has no hunk and no file names.
    }
    out.append("--- ").append(isNew ? "/dev/null" : name("a/" + file.path())).append('\n');
    out.append("+++ ").append(name("b/" + file.path())).append('\n');
    for (List<AbstractDelta<String>> hunk : hunks(deltas)) {
      append(out, hunk, old);
    }
  }

  /** Deltas whose contexts touch share a hunk. */
  private static List<List<AbstractDelta<String>>> hunks(List<AbstractDelta<String>> deltas) {
    List<List<AbstractDelta<String>>> hunks = new ArrayList<>();
    int end = Integer.MIN_VALUE / 2;
    for (AbstractDelta<String> delta : deltas) {
      int start = delta.getSource().getPosition();
      if (hunks.isEmpty() || start - end > 2 * CONTEXT) {
        hunks.add(new ArrayList<>());
      }
      hunks.get(hunks.size() - 1).add(delta);
      end = start + delta.getSource().size();
    }
    return hunks;
  }

  private static void append(
      StringBuilder out, List<AbstractDelta<String>> hunk, List<String> old) {
    AbstractDelta<String> first = hunk.get(0);
    AbstractDelta<String> last = hunk.get(hunk.size() - 1);
    int oldStart = Math.max(0, first.getSource().getPosition() - CONTEXT);
    int lead = first.getSource().getPosition() - oldStart;
    int newStart = first.getTarget().getPosition() - lead;
    int oldEnd =
        Math.min(old.size(), last.getSource().getPosition() + last.getSource().size() + CONTEXT);
    int tail = oldEnd - last.getSource().getPosition() - last.getSource().size();
    int newEnd = last.getTarget().getPosition() + last.getTarget().size() + tail;
    out.append("@@ -").append(range(oldStart, oldEnd)).append(" +");
    out.append(range(newStart, newEnd)).append(" @@\n");
    int at = oldStart;
    for (AbstractDelta<String> delta : hunk) {
      append(out, ' ', old.subList(at, delta.getSource().getPosition()));
      append(out, '-', delta.getSource().getLines());
      append(out, '+', delta.getTarget().getLines());
      at = delta.getSource().getPosition() + delta.getSource().size();
    }
    append(out, ' ', old.subList(at, oldEnd));
  }

  private static void append(StringBuilder out, char mark, List<String> lines) {
    for (String line : lines) {
      out.append(mark).append(line);
      if (!line.endsWith("\n")) {
        out.append("\n\\ No newline at end of file\n");
      }
    }
  }

  /** The range of a hunk header: an empty one names the line before it. */
  private static String range(int start, int end) {
    int size = end - start;
    return (size == 0 ? start : start + 1) + (size == 1 ? "" : "," + size);
  }

  /** Lines with their line feeds; only the last may lack one. */
  static List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int feed = text.indexOf('\n', at);
      int end = feed < 0 ? text.length() : feed + 1;
      lines.add(text.substring(at, end));
      at = end;
    }
    return lines;
  }

  /** A name in a {@code ---} line: a tab ends one that holds a space and is not quoted. */
  private static String name(String path) {
    String quoted = quoted(path);
    return quoted.equals(path) && path.indexOf(' ') >= 0 ? path + "\t" : quoted;
  }

  /** Quotes as git does with {@code core.quotePath}: bytes outside ASCII in octal. */
  private static String quoted(String path) {
    StringBuilder out = new StringBuilder("\"");
    for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
      int c = b & 0xff;
      switch (c) {
        case '"', '\\' -> out.append('\\').append((char) c);
        case '\n' -> out.append("\\n");
        case '\t' -> out.append("\\t");
        case '\r' -> out.append("\\r");
        default -> {
          if (c < 0x20 || c >= 0x7f) {
            out.append(String.format("\\%03o", c));
          } else {
            out.append((char) c);
          }
        }
      }
    }
    String quoted = out.append('"').toString();
    return quoted.length() == path.length() + 2 ? path : quoted;
  }

  /** The id that git gives the text as a blob, so that {@code git apply --3way} works. */
  private static String blobId(String text) {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      sha1.update(("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(sha1.digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }
}
