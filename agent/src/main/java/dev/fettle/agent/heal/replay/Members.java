package dev.fettle.agent.heal.replay;

import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * What instructions of one class name, resolved with the class's own rights. Thread-safe. Handles
 * take an array of operands.
 */
public final class Members {
  private final MethodHandles.Lookup lookup;
  private final @Nullable ClassLoader loader;
  private final Map<AbstractInsnNode, MethodHandle> handles = new ConcurrentHashMap<>();
  private final Map<String, Class<?>> classes = new ConcurrentHashMap<>();

  public Members(MethodHandles.Lookup lookup) {
    this.lookup = lookup;
    this.loader = lookup.lookupClass().getClassLoader();
  }

  /** By internal name or array descriptor. */
  public Class<?> type(String name) throws ReflectiveOperationException {
    Class<?> known = classes.get(name);
    if (known == null) {
      known = Class.forName(name.replace('/', '.'), false, loader);
      classes.put(name, known);
    }
    return known;
  }

  /** Fails unless code of the class may name that type, an internal name or array descriptor. */
  public void accessible(String name) throws ReflectiveOperationException {
    Class<?> type = type(name);
    while (type.isArray()) {
      type = type.getComponentType();
    }
    if (!type.isPrimitive()) {
      lookup.accessClass(type);
    }
  }

  /** Of any descriptor. */
  Class<?> ofDescriptor(String descriptor) {
    return MethodType.fromMethodDescriptorString("()" + descriptor, loader).returnType();
  }

  private MethodType methodType(String descriptor) {
    return MethodType.fromMethodDescriptorString(descriptor, loader);
  }

  /** Executes a call, a field access or a constructor (then without the new object as operand). */
  MethodHandle of(AbstractInsnNode node) throws Throwable {
    MethodHandle known = handles.get(node);
    if (known == null) {
      known = generic(resolve(node));
      handles.put(node, known);
    }
    return known;
  }

  private static MethodHandle generic(MethodHandle exact) {
    MethodHandle fixed = exact.asFixedArity();
    return fixed
        .asType(fixed.type().generic())
        .asSpreader(Object[].class, fixed.type().parameterCount());
  }

  private MethodHandle resolve(AbstractInsnNode node) throws Throwable {
    if (node instanceof FieldInsnNode field) {
      Class<?> owner = type(field.owner);
      Class<?> type = ofDescriptor(field.desc);
      return switch (field.getOpcode()) {
        case Opcodes.GETFIELD -> lookup.findGetter(owner, field.name, type);
        case Opcodes.PUTFIELD -> lookup.findSetter(owner, field.name, type);
        case Opcodes.GETSTATIC -> lookup.findStaticGetter(owner, field.name, type);
        default -> lookup.findStaticSetter(owner, field.name, type);
      };
    }
    if (node instanceof InvokeDynamicInsnNode dynamic) {
      return link(dynamic);
    }
    return method((MethodInsnNode) node);
  }

  private MethodHandle method(MethodInsnNode call) throws ReflectiveOperationException {
    MethodType type = methodType(call.desc);
    if (call.owner.charAt(0) == '[') {
      // an array has no method of its own but this
      return lookup.findVirtual(type(call.owner), call.name, methodType("()Ljava/lang/Object;"));
    }
    Class<?> owner = type(call.owner);
    return switch (call.getOpcode()) {
      case Opcodes.INVOKESTATIC -> lookup.findStatic(owner, call.name, type);
      case Opcodes.INVOKESPECIAL ->
          call.name.equals("<init>")
              ? lookup.findConstructor(owner, type)
              : lookup.findSpecial(owner, call.name, type, lookup.lookupClass());
      default -> lookup.findVirtual(owner, call.name, type);
    };
  }

  private MethodHandle link(InvokeDynamicInsnNode dynamic) throws Throwable {
    List<Object> arguments = new ArrayList<>();
    arguments.add(lookup);
    arguments.add(dynamic.name);
    arguments.add(methodType(dynamic.desc));
    for (Object argument : dynamic.bsmArgs) {
      arguments.add(constant(argument));
    }
    CallSite site = (CallSite) handle(dynamic.bsm).invokeWithArguments(arguments);
    return site.dynamicInvoker();
  }

  /** The value of a constant pool entry. */
  Object constant(Object constant) throws Throwable {
    if (constant instanceof Type type) {
      return type.getSort() == Type.METHOD
          ? methodType(type.getDescriptor())
          : ofDescriptor(type.getDescriptor());
    }
    if (constant instanceof Handle handle) {
      return handle(handle);
    }
    if (constant instanceof ConstantDynamic) {
      throw new UnsupportedOperationException("a dynamic constant");
    }
    return constant;
  }

  private MethodHandle handle(Handle handle) throws ReflectiveOperationException {
    Class<?> owner = type(handle.getOwner());
    String name = handle.getName();
    String descriptor = handle.getDesc();
    return switch (handle.getTag()) {
      case Opcodes.H_GETFIELD -> lookup.findGetter(owner, name, ofDescriptor(descriptor));
      case Opcodes.H_PUTFIELD -> lookup.findSetter(owner, name, ofDescriptor(descriptor));
      case Opcodes.H_GETSTATIC -> lookup.findStaticGetter(owner, name, ofDescriptor(descriptor));
      case Opcodes.H_PUTSTATIC -> lookup.findStaticSetter(owner, name, ofDescriptor(descriptor));
      case Opcodes.H_INVOKESTATIC -> lookup.findStatic(owner, name, methodType(descriptor));
      case Opcodes.H_NEWINVOKESPECIAL -> lookup.findConstructor(owner, methodType(descriptor));
      case Opcodes.H_INVOKESPECIAL ->
          lookup.findSpecial(owner, name, methodType(descriptor), lookup.lookupClass());
      default -> lookup.findVirtual(owner, name, methodType(descriptor));
    };
  }
}
