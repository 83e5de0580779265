package dev.fettle.agent.heal.report;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Adds an event to the current span of the OpenTelemetry API that the application itself uses,
 * where it does. Found by name, so that the agent needs no such library. Thread-safe.
 */
final class SpanEvents {
  private static final String TRACE = "io.opentelemetry.api.trace.Span";
  private static final String COMMON = "io.opentelemetry.api.common.Attributes";

  private record Api(
      MethodHandle current,
      MethodHandle addEvent,
      MethodHandle builder,
      MethodHandle put,
      MethodHandle build) {}

  // kept by the healed class: a map by loader would hold the loader through the handles
  private final ClassValue<AtomicReference<Optional<Api>>> apis =
      new ClassValue<>() {
        @Override
        protected AtomicReference<Optional<Api>> computeValue(Class<?> type) {
          ClassLoader loader = type.getClassLoader();
          return new AtomicReference<>(loader == null ? Optional.empty() : find(loader));
        }
      };

  /**
   * Adds it to the span of this thread; without the API nothing happens.
   *
   * @param healed the class whose loader knows the API
   */
  void add(Class<?> healed, String event, Map<String, String> attributes) {
    AtomicReference<Optional<Api>> known = apis.get(healed);
    Optional<Api> api = Objects.requireNonNull(known.get());
    if (api.isPresent()) {
      try {
        add(api.get(), event, attributes);
      } catch (Throwable firebreak) {
        // another version than we know: leave it alone from now on
        known.set(Optional.empty());
      }
    }
  }

  private static void add(Api api, String event, Map<String, String> attributes) throws Throwable {
    Object builder = api.builder.invoke();
    for (Map.Entry<String, String> each : attributes.entrySet()) {
      api.put.invoke(builder, each.getKey(), each.getValue());
    }
    Object span = api.current.invoke();
    api.addEvent.invoke(span, event, api.build.invoke(builder));
  }

  private static Optional<Api> find(ClassLoader loader) {
    try {
      Class<?> span = Class.forName(TRACE, false, loader);
      Class<?> attributes = Class.forName(COMMON, false, loader);
      Class<?> builder = Class.forName(COMMON + "Builder", false, loader);
      MethodHandles.Lookup lookup = MethodHandles.publicLookup();
      return Optional.of(
          new Api(
              lookup.findStatic(span, "current", MethodType.methodType(span)),
              lookup.findVirtual(
                  span, "addEvent", MethodType.methodType(span, String.class, attributes)),
              lookup.findStatic(attributes, "builder", MethodType.methodType(builder)),
              lookup.findVirtual(
                  builder, "put", MethodType.methodType(builder, String.class, String.class)),
              lookup.findVirtual(builder, "build", MethodType.methodType(attributes))));
    } catch (ReflectiveOperationException | LinkageError none) {
      return Optional.empty();
    }
  }
}
