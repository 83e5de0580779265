package dev.fettle.source.java;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.SourcePositions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A source text made quick and complete to attribute: bodies out of focus blank, generated members
 * declared. Blanking keeps every offset and line; insertions shift offsets, and this maps them
 * back.
 */
final class Reshaped {
  private final List<Insertion> insertions;
  private final String text;

  private record Insertion(int offset, String text) {}

  private Reshaped(String blanked, List<Insertion> insertions) {
    this.insertions = insertions;
    StringBuilder out = new StringBuilder(blanked);
    for (int i = insertions.size() - 1; i >= 0; i--) {
      out.insert(insertions.get(i).offset(), insertions.get(i).text());
    }
    this.text = out.toString();
  }

  static Reshaped of(String text, Syntax.Parsed parsed, Focus focus, GeneratedMembers generated) {
    Shaper shaper = new Shaper(text, parsed, focus, generated);
    CompilationUnitTree unit = parsed.unit();
    String pkg = unit.getPackageName() == null ? "" : unit.getPackageName() + ".";
    for (Tree t : unit.getTypeDecls()) {
      if (t instanceof ClassTree c) {
        shaper.type(c, pkg + c.getSimpleName());
      }
    }
    shaper.insertions.sort(java.util.Comparator.comparingInt(Insertion::offset));
    return new Reshaped(new String(shaper.chars), shaper.insertions);
  }

  /** The text as it is. */
  static Reshaped none(String text) {
    return new Reshaped(text, List.of());
  }

  /** The text to attribute. */
  String text() {
    return text;
  }

  /** The offset in the original of an offset in {@link #text}. */
  int original(int offset) {
    int shift = 0;
    for (Insertion i : insertions) {
      int start = i.offset() + shift;
      if (offset <= start) {
        break;
      }
      if (offset < start + i.text().length()) {
        return i.offset();
      }
      shift += i.text().length();
    }
    return offset - shift;
  }

  /** Whether an offset in {@link #text} lies in an insertion. */
  boolean inserted(int offset) {
    int shift = 0;
    for (Insertion i : insertions) {
      int start = i.offset() + shift;
      if (offset >= start && offset < start + i.text().length()) {
        return true;
      }
      shift += i.text().length();
    }
    return false;
  }

  private static final class Shaper {
    private final char[] chars;
    private final SourcePositions positions;
    private final CompilationUnitTree unit;
    private final Focus focus;
    private final GeneratedMembers generated;
    private final List<Insertion> insertions = new ArrayList<>();

    Shaper(String text, Syntax.Parsed parsed, Focus focus, GeneratedMembers generated) {
      this.chars = text.toCharArray();
      this.positions = parsed.trees().getSourcePositions();
      this.unit = parsed.unit();
      this.focus = focus;
      this.generated = generated;
    }

    void type(ClassTree type, String binaryName) {
      for (Tree member : type.getMembers()) {
        if (member instanceof ClassTree c) {
          type(c, binaryName + "$" + c.getSimpleName());
        } else if (member instanceof MethodTree m && m.getBody() != null) {
          blank(m.getName().toString(), m, m.getBody());
        } else if (member instanceof BlockTree b) {
          blank(b.isStatic() ? "<clinit>" : "<init>", b, b);
        }
      }
      int end = (int) positions.getEndPosition(unit, type);
      String missing = generated.missing(type, binaryName);
      if (end > 0 && chars[end - 1] == '}' && !missing.isEmpty()) {
        insertions.add(new Insertion(end - 1, missing));
      }
    }

    private void blank(String name, Tree whole, @Nullable BlockTree body) {
      int start = (int) positions.getStartPosition(unit, body);
      int end = (int) positions.getEndPosition(unit, body);
      if (start < 0 || end - start < 2 || chars[start] == 's') {
        return; // implicit, or a static initializer, whose offset is that of the keyword
      }
      long first = unit.getLineMap().getLineNumber(positions.getStartPosition(unit, whole));
      long last = unit.getLineMap().getLineNumber(end - 1);
      if (focus.keeps(name, (int) first, (int) last)) {
        return;
      }
      for (int i = start + 1; i < end - 1; i++) {
        if (chars[i] != '\n' && chars[i] != '\r') {
          chars[i] = ' ';
        }
      }
    }
  }
}
