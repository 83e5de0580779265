package dev.fettle.agent.heal.remedy;

import dev.fettle.agent.heal.Action;
import dev.fettle.agent.heal.Failure;
import dev.fettle.agent.heal.Operator;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.MethodInsnNode;

/** Where a reference that a statement used is kept, so that another can be put there. */
sealed interface Home {
  record OfVariable(int slot) implements Home {}

  /**
   * A variable that holds what was looked up in a map.
   *
   * @param lookup the instruction that did
   */
  record OfLookup(int slot, int lookup) implements Home {
    /** Puts the value where the variable's was found, if it is still the same there. */
    private void keep(Failure failure, Object value) {
      int first = Extents.lineStart(failure.site().method(), lookup);
      Object[] given = failure.given(first, lookup);
      if (given != null
          && given.length == 2
          && given[0] instanceof Map<?, ?> map
          && map.getClass().getName().startsWith("java.util.")
          && map.get(given[1]) == failure.localsAtStart()[slot]) {
        try {
          put(map, given[1], value);
        } catch (UnsupportedOperationException unmodifiable) {
          // the variable alone holds it then
          return;
        }
      }
    }
  }

  /**
   * @param receiver slot of the variable that holds the object; -1 for a static field
   */
  record OfField(Expression.Field field, int receiver) implements Home {}

  /**
   * An element of an array or list, or a value of a map.
   *
   * @param producer the instruction that reads it
   */
  record OfEntry(int producer) implements Home {}

  /**
   * Where an operand of the failing instruction is kept; null when it is nowhere that can be
   * written.
   */
  static @Nullable Home of(Scene scene, int position) {
    Expressions.Operand operand =
        Expressions.operandOf(
            scene.method(), scene.site().regionFirst(), scene.culprit(), position);
    if (operand == null) {
      return null;
    }
    if (operand.value() instanceof Expression.Variable variable) {
      int lookup = NullFault.lookup(scene.method(), variable.slot());
      return lookup < 0 ? new OfVariable(variable.slot()) : new OfLookup(variable.slot(), lookup);
    } else if (operand.value() instanceof Expression.Field field) {
      return ofField(field);
    }
    boolean entry =
        operand.value() instanceof Expression.Element
            || (operand.value() instanceof Expression.Call call && isLookup(call.instruction()));
    return entry && operand.producer() >= 0 ? new OfEntry(operand.producer()) : null;
  }

  private static @Nullable Home ofField(Expression.Field field) {
    if (field.receiver() == null) {
      return new OfField(field, -1);
    }
    return field.receiver().bare() instanceof Expression.Variable object
        ? new OfField(field, object.slot())
        : null;
  }

  static boolean isLookup(MethodInsnNode call) {
    return call.name.equals("get")
        && call.owner.startsWith("java/util/")
        && call.desc.endsWith(")Ljava/lang/Object;")
        && Type.getArgumentTypes(call.desc).length == 1;
  }

  /** Puts the value there and runs the region again; null when it cannot be put there. */
  default @Nullable Action replay(Failure failure, Object value) {
    if (this instanceof OfVariable variable) {
      return new Action.Replay(false, Map.of(variable.slot(), value), Map.of(), false);
    }
    if (this instanceof OfLookup found) {
      found.keep(failure, value);
      return new Action.Replay(false, Map.of(found.slot(), value), Map.of(), false);
    }
    if (this instanceof OfEntry entry) {
      return new Action.Replay(false, Map.of(), Map.of(entry.producer(), keeping(value)), false);
    }
    return this instanceof OfField field && write(failure, field, value)
        ? new Action.Replay(false, Map.of(), Map.of(), false)
        : null;
  }

  /** Stores the value where the instruction looked, then gives it as what was found. */
  private static Operator keeping(Object value) {
    return (operands, original) -> {
      put(operands[0], operands[1], value);
      return value;
    };
  }

  @SuppressWarnings("unchecked")
  private static void put(@Nullable Object container, @Nullable Object key, Object value) {
    boolean known = container != null && container.getClass().getName().startsWith("java.util.");
    if (container instanceof Object[] array && key instanceof Integer index) {
      array[index] = value;
    } else if (known && container instanceof List<?> list && key instanceof Integer index) {
      ((List<Object>) list).set(index, value);
    } else if (known && container instanceof Map<?, ?> map) {
      ((Map<@Nullable Object, Object>) map).put(key, value);
    } else {
      throw new UnsupportedOperationException("not a container that can be written");
    }
  }

  private static boolean write(Failure failure, OfField home, Object value) {
    Expression.Field field = home.field();
    try {
      VarHandle handle = handle(failure.lookup(), field, home.receiver() < 0);
      if (home.receiver() < 0) {
        return writable(handle, value) && put(() -> handle.set(value));
      }
      Object object = failure.localsAtStart()[home.receiver()];
      if (object == null) {
        return false;
      }
      return writable(handle, value)
          ? put(() -> handle.set(object, value))
          : handle.varType().isInstance(value)
              && writeFinal(failure.lookup(), field, object, value);
    } catch (ReflectiveOperationException | LinkageError | TypeNotPresentException e) {
      return false;
    }
  }

  /** What a field holds; null also when it cannot be read. */
  static @Nullable Object read(Failure failure, Expression.Field field, @Nullable Object on) {
    try {
      VarHandle handle = handle(failure.lookup(), field, on == null);
      return on == null ? handle.get() : handle.get(on);
    } catch (ReflectiveOperationException | LinkageError | TypeNotPresentException e) {
      return null;
    }
  }

  private static VarHandle handle(
      MethodHandles.Lookup lookup, Expression.Field field, boolean isStatic)
      throws ReflectiveOperationException {
    ClassLoader loader = lookup.lookupClass().getClassLoader();
    Class<?> owner = Class.forName(Type.getObjectType(field.owner()).getClassName(), false, loader);
    Class<?> type =
        MethodType.fromMethodDescriptorString("()" + field.descriptor(), loader).returnType();
    return isStatic
        ? lookup.findStaticVarHandle(owner, field.name(), type)
        : lookup.findVarHandle(owner, field.name(), type);
  }

  /**
   * Of an object that is not a record: what was final about it was its holder, not what it held.
   */
  private static boolean writeFinal(
      MethodHandles.Lookup lookup, Expression.Field field, Object object, Object value) {
    try {
      ClassLoader loader = lookup.lookupClass().getClassLoader();
      Class<?> owner =
          Class.forName(Type.getObjectType(field.owner()).getClassName(), false, loader);
      Field known = owner.getDeclaredField(field.name());
      known.setAccessible(true);
      known.set(object, value);
      return true;
    } catch (ReflectiveOperationException | LinkageError | InaccessibleObjectException e) {
      return false;
    }
  }

  private static boolean writable(VarHandle handle, Object value) {
    Class<?> type = handle.varType();
    return handle.isAccessModeSupported(VarHandle.AccessMode.SET)
        && (type.isPrimitive() || type.isInstance(value));
  }

  private static boolean put(Runnable write) {
    write.run();
    return true;
  }
}
