package dev.fettle.agent.heal.remedy;

import dev.fettle.agent.heal.Action;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Type;

/**
 * Makes an array or list large enough for the index, and runs the statement again. Grows by what is
 * missing at first, later by half, so that many failures cost little. Source: boundless memory
 * blocks (Rinard et al. 2004).
 */
record GrowContainer() implements Remedy {
  private static final int LARGEST = 1 << 20;
  private static final int ROUNDS_OF_ONE = 4;

  @Override
  public String name() {
    return "grow";
  }

  @Override
  public String page() {
    return "change-state";
  }

  @Override
  public @Nullable Plan plan(Scene scene) {
    IndexFault fault = scene.index();
    if (fault == null
        || !fault.isHigh()
        || fault.value() >= LARGEST
        || !scene.hasOperands()
        || Home.of(scene, 0) == null
        || scene.failure().replayRefusal(false) != null) {
      return null;
    }
    int[] rounds = {0};
    return failure -> {
      Scene now = new Scene(failure);
      return now.index() == null ? null : action(now, now.index(), rounds[0]++);
    };
  }

  private static @Nullable Action action(Scene scene, IndexFault fault, int round) {
    Object old = scene.operand(0);
    Home home = Home.of(scene, 0);
    int length = fault.value() + 1;
    if (round >= ROUNDS_OF_ONE) {
      length += fault.length() / 2;
    }
    Object grown = grown(old, Math.min(length, LARGEST));
    return grown == null || home == null ? null : home.replay(scene.failure(), grown);
  }

  private static @Nullable Object grown(@Nullable Object old, int length) {
    if (old != null && old.getClass().isArray()) {
      Object copy = Array.newInstance(old.getClass().getComponentType(), length);
      System.arraycopy(old, 0, copy, 0, Array.getLength(old));
      return copy;
    }
    if (old instanceof ArrayList<?> list) {
      List<@Nullable Object> copy = new ArrayList<>(list);
      Object filler = filler(list);
      while (copy.size() < length) {
        copy.add(filler);
      }
      return copy;
    }
    return null;
  }

  /** The neutral value of the elements' type; null for other elements. */
  private static @Nullable Object filler(List<?> list) {
    Object first = list.isEmpty() ? null : list.get(0);
    return first == null ? null : Substitutes.neutral(Type.getDescriptor(first.getClass()));
  }
}
