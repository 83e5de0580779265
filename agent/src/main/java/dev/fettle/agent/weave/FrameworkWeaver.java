package dev.fettle.agent.weave;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Hooks in containers, frameworks and logging libraries. A method is hooked only if it has exactly
 * the expected shape; a version that differs is left alone.
 */
final class FrameworkWeaver extends ClassVisitor {
  private static final String HOOK = "dev/fettle/boot/Hook";

  private enum Hook {
    REQUEST,
    BOUNDARY,
    LOG
  }

  private record Point(String method, String descriptor, Hook hook) {}

  /** The servlet interfaces may lie under a package that they were packed into. */
  private static final String SERVLET = "servlet/http/HttpServlet";

  private static final Map<String, Point> POINTS =
      Map.of(
          "org/apache/catalina/core/StandardHostValve",
          new Point(
              "invoke",
              "(Lorg/apache/catalina/connector/Request;Lorg/apache/catalina/connector/Response;)V",
              Hook.REQUEST),
          "org/springframework/web/servlet/DispatcherServlet",
          new Point("processHandlerException", "Ljava/lang/Exception;", Hook.BOUNDARY),
          "ch/qos/logback/classic/Logger",
          new Point("callAppenders", "(Lch/qos/logback/classic/spi/ILoggingEvent;)V", Hook.LOG),
          "org/apache/logging/log4j/core/config/LoggerConfig",
          new Point(
              "log",
              "(Lorg/apache/logging/log4j/core/LogEvent;"
                  + "Lorg/apache/logging/log4j/core/config/LoggerConfig$LoggerConfigPredicate;)V",
              Hook.LOG),
          "java/util/logging/Logger",
          new Point("log", "(Ljava/util/logging/LogRecord;)V", Hook.LOG));

  private final Point point;
  private final String owner;
  private boolean hooked;

  private FrameworkWeaver(ClassVisitor next, String owner, Point point) {
    super(Opcodes.ASM9, next);
    this.owner = owner;
    this.point = point;
  }

  static boolean isTarget(String className) {
    return className.endsWith(SERVLET) || POINTS.containsKey(className);
  }

  private static @Nullable Point point(String className) {
    if (!className.endsWith("jakarta/" + SERVLET) && !className.endsWith("javax/" + SERVLET)) {
      return POINTS.get(className);
    }
    String api = className.substring(0, className.length() - "http/HttpServlet".length());
    return new Point(
        "service", "(L" + api + "ServletRequest;L" + api + "ServletResponse;)V", Hook.REQUEST);
  }

  /** Null when the class has not the expected shape. */
  static byte @Nullable [] weave(String className, byte[] bytes) {
    Point point = point(className);
    if (point == null) {
      return null;
    }
    ClassReader reader = new ClassReader(bytes);
    ClassWriter writer = new ClassWriter(reader, 0);
    FrameworkWeaver weaver = new FrameworkWeaver(writer, className, point);
    reader.accept(weaver, ClassReader.EXPAND_FRAMES);
    return weaver.hooked ? writer.toByteArray() : null;
  }

  @Override
  public MethodVisitor visitMethod(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
    boolean matches =
        name.equals(point.method)
            && (access & (Opcodes.ACC_STATIC | Opcodes.ACC_ABSTRACT | Opcodes.ACC_BRIDGE)) == 0;
    if (matches && point.hook == Hook.BOUNDARY) {
      int last = lastExceptionSlot(descriptor);
      if (last > 0) {
        hooked = true;
        return new CallAtStart(next, last, "reachedBoundary", "(Ljava/lang/Throwable;)V");
      }
    } else if (matches && descriptor.equals(point.descriptor)) {
      hooked = true;
      return point.hook == Hook.LOG
          ? new CallAtStart(next, 1, "logged", "(Ljava/lang/Object;)V")
          : new AroundRequest(next, owner, descriptor);
    }
    return next;
  }

  private int lastExceptionSlot(String descriptor) {
    if (!descriptor.contains(point.descriptor + ")")) {
      return -1;
    }
    Type[] types = Type.getArgumentTypes(descriptor);
    int slot = 1;
    for (int i = 0; i < types.length - 1; i++) {
      slot += types[i].getSize();
    }
    return slot;
  }

  private static final class CallAtStart extends MethodVisitor {
    private final int slot;
    private final String hook;
    private final String type;

    CallAtStart(MethodVisitor next, int slot, String hook, String type) {
      super(Opcodes.ASM9, next);
      this.slot = slot;
      this.hook = hook;
      this.type = type;
    }

    @Override
    public void visitCode() {
      super.visitCode();
      visitVarInsn(Opcodes.ALOAD, slot);
      visitMethodInsn(Opcodes.INVOKESTATIC, HOOK, hook, type, false);
    }
  }

  /**
   * Reports the start, and the end on every way out. Relies on slots 0 to 2 keeping their types.
   */
  private static final class AroundRequest extends MethodVisitor {
    private final List<Object> locals;
    private final Label start = new Label();
    private final Label end = new Label();

    AroundRequest(MethodVisitor next, String owner, String descriptor) {
      super(Opcodes.ASM9, next);
      Type[] types = Type.getArgumentTypes(descriptor);
      locals = List.of(owner, types[0].getInternalName(), types[1].getInternalName());
    }

    @Override
    public void visitCode() {
      super.visitCode();
      super.visitVarInsn(Opcodes.ALOAD, 1);
      visitMethodInsn(Opcodes.INVOKESTATIC, HOOK, "requestStarted", "(Ljava/lang/Object;)V", false);
      visitLabel(start);
    }

    @Override
    public void visitVarInsn(int opcode, int slot) {
      if (opcode >= Opcodes.ISTORE && opcode <= Opcodes.ASTORE && slot <= 2) {
        throw new UnexpectedShape("stores to an argument");
      }
      super.visitVarInsn(opcode, slot);
    }

    @Override
    public void visitInsn(int opcode) {
      if (opcode == Opcodes.RETURN) {
        super.visitInsn(Opcodes.ACONST_NULL);
        callEnded();
      }
      super.visitInsn(opcode);
    }

    /**
     * Takes the throwable from the stack: {@code [thrown] -> [request, response, thrown] -> []}.
     */
    private void callEnded() {
      super.visitVarInsn(Opcodes.ALOAD, 1);
      super.visitInsn(Opcodes.SWAP);
      super.visitVarInsn(Opcodes.ALOAD, 2);
      super.visitInsn(Opcodes.SWAP);
      visitMethodInsn(
          Opcodes.INVOKESTATIC,
          HOOK,
          "requestEnded",
          "(Ljava/lang/Object;Ljava/lang/Object;Ljava/lang/Throwable;)V",
          false);
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
      visitLabel(end);
      visitTryCatchBlock(start, end, end, null);
      visitFrame(Opcodes.F_NEW, 3, locals.toArray(), 1, new Object[] {"java/lang/Throwable"});
      super.visitInsn(Opcodes.DUP);
      callEnded();
      super.visitInsn(Opcodes.ATHROW);
      super.visitMaxs(Math.max(maxStack, 4), maxLocals);
    }
  }

  /** The class is not what this version of the agent knows. */
  static final class UnexpectedShape extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnexpectedShape(String message) {
      super(message);
    }
  }
}
