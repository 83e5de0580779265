package dev.fettle.lab.direct;

import java.lang.annotation.Annotation;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reflection on code and frameworks that this room does not know by type. */
final class Calls {
  /** The order of JUnit 4 (MethodSorters.DEFAULT) and of Jupiter. */
  static final Comparator<Method> ORDER =
      Comparator.<Method>comparingInt(m -> m.getName().hashCode()).thenComparing(Method::toString);

  private Calls() {}

  /** The cause, where reflection wrapped it. */
  static Throwable unwrapped(Throwable thrown) {
    Throwable cause = thrown.getCause();
    return thrown instanceof InvocationTargetException && cause != null ? cause : thrown;
  }

  static @Nullable Object call(Method method, @Nullable Object target, @Nullable Object... values)
      throws Throwable {
    try {
      return method.invoke(target, values);
    } catch (InvocationTargetException e) {
      throw unwrapped(e);
    }
  }

  static Object create(Constructor<?> constructor, @Nullable Object... values) throws Throwable {
    try {
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw unwrapped(e);
    }
  }

  static <T extends AccessibleObject> T open(T member) {
    member.setAccessible(true);
    return member;
  }

  /** The method of that name in the class or a superclass. */
  static Method method(Class<?> type, String name, Class<?>... parameters)
      throws NoSuchMethodException {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      for (Method method : c.getDeclaredMethods()) {
        if (method.getName().equals(name)
            && java.util.Arrays.equals(method.getParameterTypes(), parameters)) {
          return open(method);
        }
      }
    }
    throw new NoSuchMethodException(type.getName() + "." + name);
  }

  /** The class of the framework under test; empty when its jars lack it. */
  static Optional<Class<?>> type(String name) {
    try {
      return Optional.of(Class.forName(name, false, Calls.class.getClassLoader()));
    } catch (ClassNotFoundException | LinkageError e) {
      return Optional.empty();
    }
  }

  /** Whether the object is of a class of that name, or of a subclass or implementation. */
  static boolean isA(Class<?> type, String name) {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      if (c.getName().equals(name)) {
        return true;
      }
    }
    return false;
  }

  /** Its annotation of that name, annotations of its annotations included. */
  static Optional<Annotation> annotation(AnnotatedElement element, String name) {
    return annotations(element).stream()
        .filter(a -> a.annotationType().getName().equals(name))
        .findFirst();
  }

  static boolean has(AnnotatedElement element, String name) {
    return annotation(element, name).isPresent();
  }

  /** All of an element's annotations and theirs; not those of the language. */
  static List<Annotation> annotations(AnnotatedElement element) {
    List<Annotation> all = new ArrayList<>();
    collect(element, all, new HashSet<>());
    return all;
  }

  private static void collect(AnnotatedElement element, List<Annotation> all, Set<Class<?>> seen) {
    for (Annotation annotation : element.getDeclaredAnnotations()) {
      Class<?> type = annotation.annotationType();
      if (!type.getName().startsWith("java.lang.") && seen.add(type)) {
        all.add(annotation);
        collect(type, all, seen);
      }
    }
  }

  /** An element of an annotation. */
  static Object value(Annotation annotation, String element) {
    try {
      return open(annotation.annotationType().getDeclaredMethod(element)).invoke(annotation);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(annotation + " has no readable element " + element, e);
    }
  }

  /** Whether the annotation has such an element and it is not empty. */
  static boolean given(Annotation annotation, String element) {
    try {
      Object value =
          open(annotation.annotationType().getDeclaredMethod(element)).invoke(annotation);
      return value.getClass().isArray()
          ? java.lang.reflect.Array.getLength(value) > 0
          : !value.toString().isEmpty();
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  /** The class and its superclasses, topmost first, without {@code Object}. */
  static List<Class<?>> hierarchy(Class<?> type) {
    List<Class<?>> chain = new ArrayList<>();
    for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
      chain.add(0, c);
    }
    return chain;
  }

  /**
   * Methods with the annotation, of superclasses first and in {@link #ORDER} within a class; what a
   * subclass overrides counts there only.
   */
  static List<Method> methods(Class<?> type, String annotation) {
    List<Method> found = new ArrayList<>();
    List<Class<?>> chain = hierarchy(type);
    for (int i = 0; i < chain.size(); i++) {
      Method[] declared = chain.get(i).getDeclaredMethods();
      java.util.Arrays.sort(declared, ORDER);
      for (Method method : declared) {
        if (!method.isSynthetic()
            && has(method, annotation)
            && !overridden(method, chain.subList(i + 1, chain.size()))) {
          found.add(open(method));
        }
      }
    }
    return found;
  }

  private static boolean overridden(Method method, List<Class<?>> below) {
    int modifiers = method.getModifiers();
    if (java.lang.reflect.Modifier.isPrivate(modifiers)) {
      return false;
    }
    for (Class<?> c : below) {
      for (Method other : c.getDeclaredMethods()) {
        if (other.getName().equals(method.getName())
            && java.util.Arrays.equals(other.getParameterTypes(), method.getParameterTypes())) {
          return true;
        }
      }
    }
    return false;
  }
}
