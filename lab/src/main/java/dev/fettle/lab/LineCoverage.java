package dev.fettle.lab;

import dev.fettle.lab.protocol.Message;
import dev.fettle.lab.weave.LineProbe;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodTooLargeException;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Finds out which source lines of main classes run: a probe where each line's code begins. What a
 * class's static initializer ran counts for every test that enters the class, not only for the one
 * that happened to load it.
 */
final class LineCoverage implements Probing {
  private final List<Loaded> classes = new ArrayList<>();
  private int ids;

  /** A class with its probes, whose ids follow each other. */
  private static final class Loaded {
    private final String name;
    private final int first;
    private final List<Integer> lines = new ArrayList<>();

    /** Probes of the static initializer. */
    private final BitSet initializer = new BitSet();

    /** Lines that the static initializer ran, in whichever test. */
    private final BitSet initialized = new BitSet();

    Loaded(String name, int first) {
      this.name = name;
      this.first = first;
    }
  }

  @Override
  public synchronized byte[] instrument(byte[] bytes) {
    try {
      ClassReader reader = new ClassReader(bytes);
      ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
      Loaded loaded = new Loaded(reader.getClassName().replace('/', '.'), ids);
      reader.accept(new Lines(writer, loaded), 0);
      byte[] probed = writer.toByteArray();
      classes.add(loaded);
      ids += loaded.lines.size();
      return probed;
    } catch (IllegalArgumentException | MethodTooLargeException e) {
      return bytes;
    }
  }

  /** The lines that ran since the last call, by class, each line once and ascending. */
  synchronized List<Message.LinesOf> take() {
    List<Message.LinesOf> ran = new ArrayList<>();
    int[] hits = Probes.take();
    int next = 0;
    for (Loaded each : classes) {
      int end = each.first + each.lines.size();
      BitSet lines = new BitSet();
      for (; next < hits.length && hits[next] < end; next++) {
        int probe = hits[next] - each.first;
        int line = each.lines.get(probe);
        lines.set(line);
        if (each.initializer.get(probe)) {
          each.initialized.set(line);
        }
      }
      if (!lines.isEmpty()) {
        lines.or(each.initialized);
        ran.add(new Message.LinesOf(each.name, lines.stream().toArray()));
      }
    }
    return ran;
  }

  private static final class Lines extends ClassVisitor {
    private final Loaded loaded;

    Lines(ClassWriter writer, Loaded loaded) {
      super(Opcodes.ASM9, writer);
      this.loaded = loaded;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
      return next == null ? next : new Probed(next, loaded, name.equals("<clinit>"));
    }
  }

  private static final class Probed extends LineProbe {
    private final Loaded loaded;
    private final boolean initializer;

    Probed(MethodVisitor next, Loaded loaded, boolean initializer) {
      super(next);
      this.loaded = loaded;
      this.initializer = initializer;
    }

    @Override
    protected void probe(MethodVisitor next, int line) {
      int probe = loaded.lines.size();
      loaded.lines.add(line);
      loaded.initializer.set(probe, initializer);
      next.visitLdcInsn(loaded.first + probe);
      next.visitMethodInsn(
          Opcodes.INVOKESTATIC, Type.getInternalName(Probes.class), "entered", "(I)V", false);
    }
  }
}
