package dev.fettle.agent.heal.engine;

import dev.fettle.agent.heal.Action;
import dev.fettle.agent.heal.Operator;
import dev.fettle.agent.heal.plan.Group;
import dev.fettle.agent.heal.plan.MethodPlan;
import dev.fettle.agent.heal.plan.Region;
import dev.fettle.agent.heal.replay.Boxes;
import dev.fettle.agent.heal.replay.Replay;
import dev.fettle.boot.heal.Resumption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.LocalVariableNode;

/** Turns an action into what a frame goes on with. Confined to a thread. */
final class Applier {
  /** What came of an action. */
  sealed interface Result {}

  /**
   * It can be carried out.
   *
   * @param target index of the instruction to go on at, -1 when the method is left
   * @param locals afterwards, as the JVM sees them
   */
  record Applied(Resumption resumption, int target, @Nullable Object[] locals) implements Result {}

  /** It cannot. */
  record Impossible(String why, boolean effects) implements Result {}

  private final LiveFailure failure;
  private final Place place;
  private final Group group;

  Applier(LiveFailure failure) {
    this.failure = failure;
    this.place = failure.place();
    this.group = place.group();
  }

  Result apply(Action action) {
    try {
      if (action instanceof Action.Resume resume) {
        return resume(resume);
      } else if (action instanceof Action.Return back) {
        return leave(back.value(), failure.raw());
      } else if (action instanceof Action.Replay replay) {
        return replay(replay);
      } else if (action instanceof Action.Repeat repeat) {
        try {
          return repeat(repeat);
        } finally {
          repeat.done().run();
        }
      } else if (action instanceof Action.Throw other) {
        List<@Nullable Object> values = new ArrayList<>();
        Object[] locals = failure.raw();
        addRestored(values, locals);
        Resumption thrown = Resumption.thrown(other.replacement(), values.toArray());
        return new Applied(thrown, -1, locals);
      }
      return new Impossible("it escalates", false);
    } catch (ClassCastException e) {
      return new Impossible(String.valueOf(e.getMessage()), false);
    }
  }

  private Result resume(Action.Resume resume) {
    String why = place.refusal(resume.exit());
    if (why != null) {
      return new Impossible(why, false);
    }
    Object[] locals = failure.raw().clone();
    int target = place.target(resume.exit());
    List<Integer> fresh = place.plan().fresh(group, target);
    for (int slot : fresh) {
      LocalVariableNode variable = place.plan().variable(slot, target);
      locals[slot] = variable == null ? null : Boxes.raw(Boxes.initial(variable.desc));
    }
    for (Map.Entry<Integer, ? extends @Nullable Object> write : resume.writes().entrySet()) {
      int slot = write.getKey();
      if (!group.written().contains(slot) && !fresh.contains(slot)) {
        return new Impossible("slot " + slot + " cannot be written here", false);
      }
      Object type = fresh.contains(slot) ? place.plan().typesAt(target)[slot] : group.types()[slot];
      locals[slot] = coerced(write.getValue(), type, variableType(slot, target));
    }
    return goOn(target, locals);
  }

  private @Nullable String variableType(int slot, int index) {
    LocalVariableNode variable = place.plan().variable(slot, index);
    if (variable == null) {
      variable = place.plan().variable(slot, place.place().from());
    }
    return variable == null ? null : variable.desc;
  }

  /** A value as the JVM wants it in a slot. */
  private static @Nullable Object coerced(
      @Nullable Object value, Object type, @Nullable String descriptor) {
    if (type instanceof String) {
      return value;
    }
    String kind = descriptor != null && descriptor.length() == 1 ? descriptor : kind(type);
    return Boxes.raw(Boxes.boxed(value, kind));
  }

  private static String kind(Object type) {
    if (type == Opcodes.LONG) {
      return "J";
    }
    if (type == Opcodes.FLOAT) {
      return "F";
    }
    return type == Opcodes.DOUBLE ? "D" : "I";
  }

  private Result goOn(int target, @Nullable Object[] locals) {
    int number = group.targets().indexOf(target);
    if (number < 0) {
      return new Impossible("no code leads there", false);
    }
    Object[] types = place.plan().typesAt(target);
    List<@Nullable Object> values = new ArrayList<>();
    addRestored(values, locals);
    add(values, MethodPlan.stores(group, types), types, locals);
    return new Applied(Resumption.at(number, values.toArray()), target, locals);
  }

  private void addRestored(List<@Nullable Object> values, @Nullable Object[] locals) {
    if (group.restores()) {
      add(values, group.written(), group.types(), locals);
    }
  }

  private void add(
      List<@Nullable Object> values,
      List<Integer> slots,
      Object[] types,
      @Nullable Object[] locals) {
    for (int slot : slots) {
      values.add(checked(locals[slot], types[slot]));
    }
  }

  private @Nullable Object checked(@Nullable Object value, Object type) {
    if (type instanceof String name) {
      return cast(value, name);
    }
    return Boxes.raw(Boxes.boxed(value == null ? 0 : value, kind(type)));
  }

  private @Nullable Object cast(@Nullable Object value, String internalName) {
    try {
      Class<?> type = value == null ? null : place.members().type(internalName);
      // the verifier takes any object for an interface, so woven code must not be stricter
      return type == null ? null : type.cast(value);
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new ClassCastException("cannot load " + internalName);
    }
  }

  private Result leave(@Nullable Object value, @Nullable Object[] locals) {
    String why = place.returnRefusal();
    return why != null ? new Impossible(why, false) : returned(value, locals);
  }

  private Result returned(@Nullable Object value, @Nullable Object[] locals) {
    if (!group.returns()) {
      return new Impossible("the method cannot be left from here", false);
    }
    Type type = Type.getReturnType(place.method().desc);
    List<@Nullable Object> values = new ArrayList<>();
    addRestored(values, locals);
    if (type.getSort() >= Type.ARRAY) {
      values.add(cast(value, type.getInternalName()));
    } else if (type.getSort() != Type.VOID) {
      values.add(Boxes.raw(Boxes.boxed(value, type.getDescriptor())));
    }
    return new Applied(Resumption.at(group.targets().size(), values.toArray()), -1, locals);
  }

  private Result replay(Action.Replay replay) {
    boolean asked = !replay.repeatEffects() || failure.isSpent();
    String why = asked ? failure.replayRefusal(replay.whole()) : null;
    if (why != null) {
      return new Impossible(why, false);
    }
    Region region = place.place();
    Object[] locals = failure.rawAtStart().clone();
    for (Map.Entry<Integer, ? extends @Nullable Object> write : replay.writes().entrySet()) {
      int slot = write.getKey();
      if (!group.written().contains(slot)) {
        return new Impossible("slot " + slot + " cannot be written here", false);
      }
      locals[slot] =
          coerced(write.getValue(), group.types()[slot], variableType(slot, region.from()));
    }
    int start = replay.whole() ? region.statementFirst() : region.first();
    Map<Integer, Operator> operators = new HashMap<>(failure.done());
    operators.putAll(known(replay));
    Replay.End end =
        new Replay(
                place.plan(),
                place.members(),
                locals,
                operators,
                replay.writes().values(),
                failure.repeats())
            .run(start, stops(region, replay.whole()));
    return end instanceof Replay.Failed failed
        ? new Impossible("running it again failed: " + failed.thrown(), failed.effects())
        : ended(end, locals);
  }

  private Result ended(Replay.End end, @Nullable Object[] locals) {
    return end instanceof Replay.Reached reached
        ? goOn(reached.index(), reached.locals())
        : returned(((Replay.Returned) end).value(), locals);
  }

  private Result repeat(Action.Repeat repeat) {
    String why = failure.isSpent() ? "it was run again already" : failure.replayRefusal(false);
    if (why != null) {
      return new Impossible(why, false);
    }
    boolean effects = false;
    Throwable last = failure.thrown();
    for (int pause : repeat.pauses()) {
      if (!waits(pause)) {
        return new Impossible("interrupted while waiting to try again", effects);
      }
      Object[] locals = failure.rawAtStart().clone();
      Replay.End end =
          new Replay(
                  place.plan(),
                  place.members(),
                  locals,
                  failure.done(),
                  List.of(),
                  failure.repeats())
              .run(place.place().first(), stops(place.place(), false));
      if (!(end instanceof Replay.Failed failed)) {
        return ended(end, locals);
      }
      effects |= failed.effects();
      last = failed.thrown();
      if (last.getClass() != failure.thrown().getClass()) {
        break;
      }
    }
    return new Impossible("trying it again failed: " + last, effects);
  }

  /** False when interrupted, which stays set. */
  private static boolean waits(int millis) {
    try {
      Thread.sleep(millis);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * A call that failed is not made again with the same operands: that it failed is known, and what
   * it did meanwhile must not be done twice.
   */
  private Map<Integer, Operator> known(Action.Replay replay) {
    var culprit = replay.repeatEffects() ? null : failure.culprit();
    Operator operator = culprit == null ? null : replay.operators().get(culprit.index());
    if (culprit == null || operator == null || !failure.isCallWithEffects(culprit.index())) {
      return replay.operators();
    }
    boolean[] first = {true};
    Map<Integer, Operator> all = new HashMap<>(replay.operators());
    all.put(
        culprit.index(),
        (operands, original) -> {
          boolean again = first[0];
          first[0] = false;
          return operator.apply(
              operands,
              given -> {
                if (again && same(given, culprit.operands())) {
                  throw failure.thrown();
                }
                return original.proceed(given);
              });
        });
    return all;
  }

  private static boolean same(@Nullable Object[] a, @Nullable Object[] b) {
    if (a.length != b.length) {
      return false;
    }
    for (int i = 0; i < a.length; i++) {
      boolean number =
          a[i] instanceof Number || a[i] instanceof Character || a[i] instanceof Boolean;
      if (number ? !a[i].equals(b[i]) : a[i] != b[i]) {
        return false;
      }
    }
    return true;
  }

  private IntPredicate stops(Region region, boolean whole) {
    if (!whole) {
      return i ->
          region.flow().contains(i) || i < region.statementFirst() || i > region.statementLast();
    }
    return i ->
        i < region.statementFirst() || i > region.statementLast() || i == region.statementFirst();
  }
}
