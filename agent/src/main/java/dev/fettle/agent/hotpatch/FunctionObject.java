package dev.fettle.agent.hotpatch;

import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * The class of a lambda whose body moved: captured values in fields, the interface's method calls
 * the body through a link. The JDK's metafactory cannot be used: it names the body's class, and
 * nobody can name a hidden one (seen on JDK 17).
 */
final class FunctionObject {
  static final String FACTORY = "make";

  private static final String METAFACTORY = "java/lang/invoke/LambdaMetafactory";
  private static final int SERIALIZABLE = 1;
  private static final int MARKERS = 2;
  private static final int BRIDGES = 4;

  private final InvokeDynamicInsnNode origin;
  private final ClassNode node = new ClassNode();
  private final Type[] captured;

  /** Whether the call creates a lambda or a method reference. */
  static boolean isMadeBy(InvokeDynamicInsnNode indy) {
    return indy.bsm.getOwner().equals(METAFACTORY);
  }

  /** The body that the call's objects run. */
  static Handle body(InvokeDynamicInsnNode indy) {
    return (Handle) indy.bsmArgs[1];
  }

  private FunctionObject(InvokeDynamicInsnNode origin, String name) {
    this.origin = origin;
    this.captured = Type.getArgumentTypes(origin.desc);
    node.version = Opcodes.V17;
    node.access = Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC;
    node.name = name;
    node.superName = "java/lang/Object";
    node.interfaces.add(Type.getReturnType(origin.desc).getInternalName());
  }

  /**
   * The class; its static {@link #FACTORY} has the descriptor of {@code origin}.
   *
   * @param origin the metafactory's call in the new class
   * @param key with bootstrap and owner: the link to the body
   */
  static ClassNode of(
      InvokeDynamicInsnNode origin, String name, Handle bootstrap, Type owner, String key) {
    FunctionObject object = new FunctionObject(origin, name);
    for (int i = 0; i < object.captured.length; i++) {
      String descriptor = object.captured[i].getDescriptor();
      object.node.fields.add(new FieldNode(Opcodes.ACC_FINAL, "c" + i, descriptor, null, null));
    }
    object.addConstructor();
    object.addFactory();
    object.addMethod((Type) origin.bsmArgs[0], bootstrap, owner, key);
    object.addExtras(bootstrap, owner, key);
    return object.node;
  }

  private void addConstructor() {
    MethodNode method = method(0, "<init>", descriptor(Type.VOID_TYPE));
    InsnList code = method.instructions;
    code.add(new VarInsnNode(Opcodes.ALOAD, 0));
    code.add(new MethodInsnNode(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false));
    int slot = 1;
    for (int i = 0; i < captured.length; i++) {
      code.add(new VarInsnNode(Opcodes.ALOAD, 0));
      code.add(new VarInsnNode(captured[i].getOpcode(Opcodes.ILOAD), slot));
      code.add(
          new FieldInsnNode(Opcodes.PUTFIELD, node.name, "c" + i, captured[i].getDescriptor()));
      slot += captured[i].getSize();
    }
    code.add(new InsnNode(Opcodes.RETURN));
    size(method, slot, 3);
  }

  private void addFactory() {
    MethodNode method = method(Opcodes.ACC_STATIC, FACTORY, origin.desc);
    InsnList code = method.instructions;
    code.add(new TypeInsnNode(Opcodes.NEW, node.name));
    code.add(new InsnNode(Opcodes.DUP));
    int slot = 0;
    for (Type type : captured) {
      code.add(new VarInsnNode(type.getOpcode(Opcodes.ILOAD), slot));
      slot += type.getSize();
    }
    code.add(
        new MethodInsnNode(
            Opcodes.INVOKESPECIAL, node.name, "<init>", descriptor(Type.VOID_TYPE), false));
    code.add(new InsnNode(Opcodes.ARETURN));
    size(method, slot, slot + 2);
  }

  /** The interface's method in one of its erasures; the link converts where types differ. */
  private void addMethod(Type erasure, Handle bootstrap, Type owner, String key) {
    MethodNode method = method(Opcodes.ACC_PUBLIC, origin.name, erasure.getDescriptor());
    InsnList code = method.instructions;
    StringBuilder descriptor = new StringBuilder("(");
    int stack = 0;
    for (int i = 0; i < captured.length; i++) {
      code.add(new VarInsnNode(Opcodes.ALOAD, 0));
      code.add(
          new FieldInsnNode(Opcodes.GETFIELD, node.name, "c" + i, captured[i].getDescriptor()));
      descriptor.append(captured[i]);
      stack += captured[i].getSize();
    }
    int slot = 1;
    for (Type type : erasure.getArgumentTypes()) {
      code.add(new VarInsnNode(type.getOpcode(Opcodes.ILOAD), slot));
      descriptor.append(type);
      slot += type.getSize();
    }
    descriptor.append(')').append(erasure.getReturnType());
    code.add(new InvokeDynamicInsnNode(origin.name, descriptor.toString(), bootstrap, owner, key));
    code.add(new InsnNode(erasure.getReturnType().getOpcode(Opcodes.IRETURN)));
    size(method, slot, Math.max(stack + slot, 2));
  }

  /** What the long form of the metafactory adds: marker interfaces and bridges. */
  private void addExtras(Handle bootstrap, Type owner, String key) {
    Object[] arguments = origin.bsmArgs;
    if (arguments.length <= 3) {
      return;
    }
    int flags = (Integer) arguments[3];
    int at = 4;
    if ((flags & SERIALIZABLE) != 0) {
      node.interfaces.add("java/io/Serializable");
    }
    if ((flags & MARKERS) != 0) {
      int count = (Integer) arguments[at++];
      for (int i = 0; i < count; i++) {
        String marker = ((Type) arguments[at++]).getInternalName();
        if (!node.interfaces.contains(marker)) {
          node.interfaces.add(marker);
        }
      }
    }
    if ((flags & BRIDGES) != 0) {
      int count = (Integer) arguments[at++];
      for (int i = 0; i < count; i++) {
        addMethod((Type) arguments[at++], bootstrap, owner, key);
      }
    }
  }

  private String descriptor(Type result) {
    return Type.getMethodDescriptor(result, captured);
  }

  private MethodNode method(int access, String name, String descriptor) {
    MethodNode method = new MethodNode(Opcodes.ASM9, access, name, descriptor, null, null);
    node.methods.add(method);
    return method;
  }

  private static void size(MethodNode method, int locals, int stack) {
    method.maxLocals = locals;
    method.maxStack = stack;
  }
}
