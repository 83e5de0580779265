package dev.fettle.lab.search;

import dev.fettle.lab.protocol.Message;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** A test method that needs nothing but an instance of its class. */
final class MethodTrial implements Trial {
  private final Constructor<?> constructor;
  private final Method method;

  private MethodTrial(Constructor<?> constructor, Method method) {
    this.constructor = constructor;
    this.method = method;
  }

  static MethodTrial of(Message.TrialSpec spec, ClassLoader loader) throws IOException {
    try {
      Class<?> type = Class.forName(spec.className(), false, loader);
      Constructor<?> constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      Method method = type.getDeclaredMethod(spec.method());
      method.setAccessible(true);
      return new MethodTrial(constructor, method);
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new IOException("no test " + spec.className() + "#" + spec.method(), e);
    }
  }

  /** A firebreak: the test may throw anything. */
  @Override
  public @Nullable Throwable run() {
    try {
      method.invoke(constructor.newInstance());
      return null;
    } catch (InvocationTargetException e) {
      return e.getCause() == null ? e : e.getCause();
    } catch (Throwable thrown) {
      return thrown;
    }
  }
}
