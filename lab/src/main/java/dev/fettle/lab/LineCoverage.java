package dev.fettle.lab;

import dev.fettle.lab.protocol.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodTooLargeException;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Finds out which source lines of main classes run: a probe where each line's code begins. */
final class LineCoverage implements Probing {
  private final List<String> classes = new ArrayList<>();
  private final List<Integer> lines = new ArrayList<>();

  @Override
  public synchronized byte[] instrument(byte[] bytes) {
    try {
      ClassReader reader = new ClassReader(bytes);
      ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
      reader.accept(new Lines(writer, reader.getClassName().replace('/', '.')), 0);
      return writer.toByteArray();
    } catch (IllegalArgumentException | MethodTooLargeException e) {
      return bytes;
    }
  }

  /** The lines that ran since the last call, by class, each line once, ascending by first load. */
  synchronized List<Message.LinesOf> take() {
    Map<String, List<Integer>> ran = new LinkedHashMap<>();
    for (int id : Probes.take()) {
      if (id < lines.size()) {
        List<Integer> ofClass = ran.computeIfAbsent(classes.get(id), c -> new ArrayList<>());
        if (!ofClass.contains(lines.get(id))) {
          ofClass.add(lines.get(id));
        }
      }
    }
    return ran.entrySet().stream().map(e -> new Message.LinesOf(e.getKey(), e.getValue())).toList();
  }

  private int idOf(String className, int line) {
    classes.add(className);
    lines.add(line);
    return lines.size() - 1;
  }

  private final class Lines extends ClassVisitor {
    private final String className;

    Lines(ClassWriter writer, String className) {
      super(Opcodes.ASM9, writer);
      this.className = className;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
      return next == null ? next : new Probed(next, className);
    }
  }

  private final class Probed extends LineProbe {
    private final String className;

    Probed(MethodVisitor next, String className) {
      super(next);
      this.className = className;
    }

    @Override
    protected void probe(MethodVisitor next, int line) {
      next.visitLdcInsn(idOf(className, line));
      next.visitMethodInsn(
          Opcodes.INVOKESTATIC, Type.getInternalName(Probes.class), "entered", "(I)V", false);
    }
  }
}
