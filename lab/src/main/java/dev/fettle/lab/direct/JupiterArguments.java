package dev.fettle.lab.direct;

import dev.fettle.lab.direct.DirectClass.Unsupported;
import java.lang.annotation.Annotation;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of a parameterized Jupiter method from one value, enum or method source, where they
 * need no conversion but widening.
 */
final class JupiterArguments {
  private static final int MOST = 10_000;
  private static final String PROVIDER = "org.junit.jupiter.params.provider.";
  private static final Map<Class<?>, Class<?>> BOXES =
      Map.of(
          int.class, Integer.class,
          long.class, Long.class,
          double.class, Double.class,
          float.class, Float.class,
          boolean.class, Boolean.class,
          char.class, Character.class,
          byte.class, Byte.class,
          short.class, Short.class);

  private JupiterArguments() {}

  static List<List<@Nullable Object>> of(Class<?> type, Method method) throws Throwable {
    List<Annotation> sources =
        Calls.annotations(method).stream()
            .filter(a -> Calls.has(a.annotationType(), PROVIDER + "ArgumentsSource"))
            .toList();
    Unsupported.when(sources.size() != 1, "parameters that are not of one source");
    Annotation source = sources.get(0);
    List<List<@Nullable Object>> all =
        switch (source.annotationType().getName().substring(PROVIDER.length())) {
          case "ValueSource" -> values(source);
          case "EnumSource" -> constants(source, method);
          case "MethodSource" -> fromMethod(source, type, method);
          default -> throw new Unsupported("@" + source.annotationType().getSimpleName());
        };
    for (List<@Nullable Object> arguments : all) {
      refuseConversions(arguments, method);
    }
    return all;
  }

  private static List<List<@Nullable Object>> values(Annotation source) throws Throwable {
    List<List<@Nullable Object>> all = new ArrayList<>();
    for (Method kind : source.annotationType().getDeclaredMethods()) {
      Object array = Calls.value(source, kind.getName());
      for (int i = 0; i < Array.getLength(array); i++) {
        all.add(Arrays.asList(Array.get(array, i)));
      }
    }
    return all;
  }

  private static List<List<@Nullable Object>> constants(Annotation source, Method method)
      throws Unsupported {
    Unsupported.when(Calls.given(source, "names"), "@EnumSource with names");
    Class<?> given = (Class<?>) Calls.value(source, "value");
    Class<?> type = given.isEnum() ? given : method.getParameterTypes()[0];
    List<List<@Nullable Object>> all = new ArrayList<>();
    Object[] constants = type.getEnumConstants();
    for (Object constant : constants == null ? new Object[0] : constants) {
      all.add(Arrays.asList(constant));
    }
    return all;
  }

  private static List<List<@Nullable Object>> fromMethod(
      Annotation source, Class<?> type, Method method) throws Throwable {
    String[] names = (String[]) Calls.value(source, "value");
    Unsupported.when(names.length > 1, "several method sources");
    String name = names.length == 0 || names[0].isEmpty() ? method.getName() : names[0];
    Unsupported.when(!name.matches("\\w+"), "a method source elsewhere");
    Method factory;
    try {
      factory = Calls.method(type, name);
    } catch (NoSuchMethodException e) {
      throw new Unsupported("a method source that wants arguments");
    }
    Unsupported.when(!Modifier.isStatic(factory.getModifiers()), "a method source of an instance");
    List<List<@Nullable Object>> all = new ArrayList<>();
    Iterator<?> rows = rows(Calls.call(factory, null));
    while (rows.hasNext() && all.size() < MOST) {
      all.add(row(rows.next()));
    }
    return all;
  }

  private static Iterator<?> rows(@Nullable Object given) throws Unsupported {
    if (given instanceof BaseStream<?, ?> stream) {
      return stream.iterator();
    } else if (given instanceof Iterable<?> iterable) {
      return iterable.iterator();
    } else if (given instanceof Iterator<?> iterator) {
      return iterator;
    } else if (given instanceof Object[] array) {
      return Arrays.asList(array).iterator();
    }
    throw new Unsupported("a method source of another kind");
  }

  private static List<@Nullable Object> row(@Nullable Object given) throws Throwable {
    Class<?> arguments = Calls.type(PROVIDER + "Arguments").orElseThrow();
    if (arguments.isInstance(given)) {
      Object values = Calls.call(arguments.getMethod("get"), given);
      return values instanceof Object[] array ? Arrays.asList(array) : List.of();
    }
    return given instanceof Object[] array ? Arrays.asList(array) : Arrays.asList(given);
  }

  private static void refuseConversions(List<@Nullable Object> arguments, Method method)
      throws Unsupported {
    Class<?>[] types = method.getParameterTypes();
    Unsupported.when(arguments.size() < types.length, "parameters that something else resolves");
    Unsupported.when(arguments.size() > types.length, "more arguments than parameters");
    for (int i = 0; i < types.length; i++) {
      Object value = arguments.get(i);
      Class<?> wanted = BOXES.getOrDefault(types[i], types[i]);
      Unsupported.when(
          value == null ? types[i].isPrimitive() : !wanted.isInstance(value),
          "an argument to be converted");
    }
  }
}
