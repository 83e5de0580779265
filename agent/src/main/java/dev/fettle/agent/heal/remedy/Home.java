package dev.fettle.agent.heal.remedy;

import dev.fettle.agent.heal.Action;
import dev.fettle.agent.heal.Failure;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Array;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Type;

/** Where a reference that a statement used is kept, so that another can be put there. */
sealed interface Home {
  record OfVariable(int slot) implements Home {}

  /**
   * @param receiver slot of the variable that holds the object; -1 for a static field
   */
  record OfField(Expression.Field field, int receiver) implements Home {}

  /**
   * @param array slot of the variable that holds the array
   * @param index slot of the variable that is the index
   */
  record OfElement(int array, int index) implements Home {}

  /** Null when it is nowhere that can be written. */
  static @Nullable Home of(Scene scene, Expression value) {
    Expression bare = value.bare();
    if (bare instanceof Expression.Variable variable) {
      return new OfVariable(variable.slot());
    } else if (bare instanceof Expression.Field field) {
      if (field.receiver() == null) {
        return new OfField(field, -1);
      }
      return field.receiver().bare() instanceof Expression.Variable object
          ? new OfField(field, object.slot())
          : null;
    } else if (bare instanceof Expression.Element element
        && element.array().bare() instanceof Expression.Variable array
        && element.index().bare() instanceof Expression.Variable index) {
      return new OfElement(array.slot(), index.slot());
    }
    return null;
  }

  /** Puts the value there and runs the region again; null when it cannot be put there. */
  default @Nullable Action replay(Failure failure, Object value) {
    if (this instanceof OfVariable variable) {
      return new Action.Replay(false, Map.of(variable.slot(), value), Map.of(), false);
    }
    boolean written =
        this instanceof OfField field
            ? write(failure, field, value)
            : this instanceof OfElement element && write(failure, element, value);
    return written ? new Action.Replay(false, Map.of(), Map.of(), false) : null;
  }

  private static boolean write(Failure failure, OfElement home, Object value) {
    Object array = failure.localsAtStart()[home.array()];
    boolean fits =
        failure.localsAtStart()[home.index()] instanceof Integer index
            && array instanceof Object[]
            && index >= 0
            && index < Array.getLength(array)
            && array.getClass().getComponentType().isInstance(value);
    if (fits) {
      Array.set(array, (Integer) failure.localsAtStart()[home.index()], value);
    }
    return fits;
  }

  private static boolean write(Failure failure, OfField home, Object value) {
    MethodHandles.Lookup lookup = failure.lookup();
    ClassLoader loader = lookup.lookupClass().getClassLoader();
    Expression.Field field = home.field();
    try {
      Class<?> owner =
          Class.forName(Type.getObjectType(field.owner()).getClassName(), false, loader);
      Class<?> type =
          MethodType.fromMethodDescriptorString("()" + field.descriptor(), loader).returnType();
      if (home.receiver() < 0) {
        VarHandle handle = lookup.findStaticVarHandle(owner, field.name(), type);
        return writable(handle, type, value) && put(() -> handle.set(value));
      }
      Object object = failure.localsAtStart()[home.receiver()];
      VarHandle handle = lookup.findVarHandle(owner, field.name(), type);
      return object != null
          && writable(handle, type, value)
          && put(() -> handle.set(object, value));
    } catch (ReflectiveOperationException | LinkageError | TypeNotPresentException e) {
      return false;
    }
  }

  private static boolean writable(VarHandle handle, Class<?> type, Object value) {
    return handle.isAccessModeSupported(VarHandle.AccessMode.SET)
        && (type.isPrimitive() || type.isInstance(value));
  }

  private static boolean put(Runnable write) {
    write.run();
    return true;
  }
}
