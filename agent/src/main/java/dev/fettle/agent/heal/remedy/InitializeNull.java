package dev.fettle.agent.heal.remedy;

import java.lang.reflect.Array;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Gives a variable, field or element that is null a value that lasts, and runs the statement again.
 * Source: NPEFix R1 to R3 with "global" scope (Durieux et al. 2017).
 */
record InitializeNull(With with) implements Remedy {
  private static final int LARGEST = 1 << 20;

  enum With {
    NEW,
    SIBLING
  }

  @Override
  public String name() {
    return "initialize-" + with.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String page() {
    return "initialize-null";
  }

  @Override
  public @Nullable Plan plan(Scene scene) {
    NullFault fault = scene.nothing();
    if (fault == null
        || fault.descriptor() == null
        || scene.failure().replayRefusal(false) != null
        || !hasValue(scene, fault.descriptor())
        || (with == With.NEW && Neutral.isDivisor(scene))) {
      return null;
    }
    Home home = Home.of(scene, fault.position());
    if (home == null) {
      return null;
    }
    return failure -> {
      Scene now = new Scene(failure);
      Object value = now.nothing() == null ? null : value(now);
      return value == null ? null : home.replay(failure, value);
    };
  }

  private boolean hasValue(Scene scene, String descriptor) {
    return with == With.SIBLING
        ? Siblings.of(scene, descriptor) != null
        : new Substitutes(scene.failure().lookup()).has(descriptor);
  }

  private @Nullable Object value(Scene scene) {
    NullFault fault = scene.nothing();
    String descriptor = fault == null ? null : fault.descriptor();
    if (fault == null || descriptor == null) {
      return null;
    }
    if (with == With.SIBLING) {
      return Siblings.of(scene, descriptor);
    }
    Substitutes substitutes = new Substitutes(scene.failure().lookup());
    return descriptor.startsWith("[")
        ? array(scene, fault, substitutes)
        : substitutes.empty(descriptor, 0);
  }

  /** By what the method does with it; else as {@link #length} says. */
  private static @Nullable Object array(Scene scene, NullFault fault, Substitutes substitutes) {
    String descriptor = Objects.requireNonNull(fault.descriptor());
    List<Integer> lengths = new Extents(scene).of(fault.value());
    int needed = needed(scene);
    if (lengths.isEmpty() || lengths.get(0) < needed) {
      return substitutes.empty(descriptor, length(scene));
    }
    return substitutes.array(descriptor, lengths);
  }

  /** What the index at hand asks for. */
  private static int needed(Scene scene) {
    return scene.operand(1) instanceof Integer index && index >= 0 && index < LARGEST
        ? index + 1
        : 0;
  }

  /** That of the first array or container in scope that is long enough; else what is needed. */
  private static int length(Scene scene) {
    int needed = needed(scene);
    for (Variables.Named variable : Variables.at(scene.method(), scene.site().regionFirst())) {
      if (scene.site().isLive(variable.slot())) {
        int length = lengthOf(scene.failure().localsAtStart()[variable.slot()]);
        if (length > 0 && length >= needed) {
          return length;
        }
      }
    }
    return needed;
  }

  private static int lengthOf(@Nullable Object value) {
    if (value != null && value.getClass().isArray()) {
      return Array.getLength(value);
    }
    boolean safe = value != null && value.getClass().getName().startsWith("java.util.");
    return safe && value instanceof Collection<?> some ? some.size() : -1;
  }
}
