package dev.fettle.source.java;

import dev.fettle.contract.model.Patch;
import dev.fettle.contract.model.Replacement;
import dev.fettle.contract.spi.SourceTree;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * The lines that patched code had before the patch. A program that was patched while it runs goes
 * on to say where its revision's source has the code that fails. Immutable.
 */
public final class OriginalLines {
  private final Patch patch;
  private final SourceTree tree;

  /** A replacement as lines: 1-based in the source before it, and how many its text breaks into. */
  private record Shift(int first, int last, int breaks) {}

  /**
   * @param tree as it was before the patch
   */
  public OriginalLines(Patch patch, SourceTree tree) {
    this.patch = patch;
    this.tree = tree;
  }

  /** A class file compiled from the patched source, its line numbers put back. */
  public byte[] in(byte[] classFile) {
    ClassReader reader = new ClassReader(classFile);
    ClassWriter writer = new ClassWriter(reader, 0);
    reader.accept(new Renumbering(writer), 0);
    return writer.toByteArray();
  }

  /**
   * The line before the patch of a line after it. Added lines are those of what they stand before.
   *
   * @param line 1-based, after the patch
   */
  int line(String path, int line) {
    int moved = 0;
    for (Shift shift : shifts(path)) {
      int first = shift.first() + moved;
      int last = first + shift.breaks();
      if (line < first) {
        break;
      }
      if (line <= last) {
        return line == last && shift.breaks() > 0
            ? shift.last()
            : Math.min(shift.first() + line - first, shift.last());
      }
      moved += shift.breaks() - (shift.last() - shift.first());
    }
    return line - moved;
  }

  private List<Shift> shifts(String path) {
    LineIndex lines = new LineIndex(tree.text(path).orElse(""));
    List<Shift> shifts = new ArrayList<>();
    patch.replacements().stream()
        .filter(r -> r.path().equals(path))
        .forEach(
            r ->
                shifts.add(
                    new Shift(
                        lines.lineOf(r.start()),
                        lines.lineOf(r.end()),
                        (int) r.text().chars().filter(c -> c == '\n').count())));
    return shifts;
  }

  private final class Renumbering extends ClassVisitor {
    private String folder = "";
    private @Nullable String path;

    Renumbering(ClassVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public void visit(
        int version,
        int access,
        String name,
        @Nullable String signature,
        @Nullable String superName,
        String @Nullable [] interfaces) {
      folder = name.substring(0, name.lastIndexOf('/') + 1);
      super.visit(version, access, name, signature, superName, interfaces);
    }

    @Override
    public void visitSource(@Nullable String source, @Nullable String debug) {
      String end = "/" + folder + source;
      path =
          patch.replacements().stream()
              .map(Replacement::path)
              .filter(p -> ("/" + p).endsWith(end))
              .findFirst()
              .orElse(null);
      super.visitSource(source, debug);
    }

    @Override
    public MethodVisitor visitMethod(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
      String file = path;
      return file == null
          ? next
          : new MethodVisitor(Opcodes.ASM9, next) {
            @Override
            public void visitLineNumber(int line, Label start) {
              super.visitLineNumber(line(file, line), start);
            }
          };
    }
  }
}
