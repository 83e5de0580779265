package dev.fettle.vet;

import java.lang.reflect.InvocationTargetException;
import org.jspecify.annotations.Nullable;

/** Calls methods that the application registered. Thread-safe. */
public interface SkillCalls {
  /** There are none. */
  SkillCalls NONE =
      (skill, arguments) -> {
        throw new IllegalArgumentException("no such skill: " + skill);
      };

  /**
   * Calls one.
   *
   * @param skill {@code owner.method(descriptor)}
   * @throws IllegalArgumentException when there is none of that name or its class is gone
   * @throws InvocationTargetException when it fails
   */
  @Nullable Object call(String skill, @Nullable Object[] arguments)
      throws InvocationTargetException;
}
