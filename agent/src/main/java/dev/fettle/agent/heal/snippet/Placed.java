package dev.fettle.agent.heal.snippet;

import dev.fettle.agent.heal.Action;
import dev.fettle.agent.heal.Exit;
import dev.fettle.agent.heal.Failure;
import dev.fettle.agent.heal.SiteFacts;
import dev.fettle.agent.options.HealMode;
import dev.fettle.wire.SnippetOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.LocalVariableNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * A snippet as the treatment of its place: variables in, variables out, then on to the next
 * statement, the same again, or out of the method. Thread-safe.
 */
final class Placed implements Prescribed {
  /** First of what a snippet gives back: there is a value to leave the method with. */
  static final String RETURN = "return";

  /** Runs the class of a snippet. */
  interface Body {
    /** Values afterwards, or why there are none. */
    Ran run(@Nullable Object[] values, Failure failure);
  }

  /** How a run ended. */
  sealed interface Ran {
    record Gave(@Nullable Object[] values) implements Ran {}

    record Nothing(String reason) implements Ran {}
  }

  private final SnippetOrder order;
  private final Body body;
  private final LongSupplier wallMillis;
  private volatile boolean current = true;

  Placed(SnippetOrder order, Body body, LongSupplier wallMillis) {
    this.order = order;
    this.body = body;
    this.wallMillis = wallMillis;
  }

  @Override
  public SnippetOrder order() {
    return order;
  }

  @Override
  public HealMode needs() {
    return order.contained() ? HealMode.CONTAINED : HealMode.FULL;
  }

  @Override
  public void withdraw() {
    current = false;
  }

  @Override
  public String name() {
    return (order.contained() ? "snippet:" : "snippet:full:") + order.id();
  }

  @Override
  public double confidence() {
    return order.confidence() / 1000.0;
  }

  @Override
  public String rationale() {
    return order.rationale();
  }

  @Override
  public List<String> evidence() {
    return List.of(Prescribed.given(confidence()));
  }

  @Override
  public boolean isCurrent() {
    return current && wallMillis.getAsLong() < order.expires();
  }

  @Override
  public Action act(Failure failure) {
    SiteFacts site = failure.site();
    @Nullable Object[] locals = failure.localsAtStart();
    List<Integer> slots = new ArrayList<>();
    for (String variable : order.variables()) {
      Integer slot = slot(site, variable);
      if (slot == null) {
        return new Action.Escalate("the snippet's variable is not here: " + variable);
      }
      slots.add(slot);
    }
    // one more than there are variables: where a value to return with comes back
    @Nullable Object[] values = new Object[slots.size() + 2];
    for (int i = 0; i < slots.size(); i++) {
      int slot = slots.get(i);
      boolean has = slot < locals.length && site.isLive(slot);
      values[i] = has ? locals[slot] : initial(order.variables().get(i));
    }
    Ran ran = body.run(values.clone(), failure);
    if (ran instanceof Ran.Nothing nothing) {
      return new Action.Escalate(nothing.reason());
    }
    @Nullable Object[] given = ((Ran.Gave) ran).values();
    if (given.length != values.length) {
      return new Action.Escalate("the snippet gave back something else than it took");
    }
    if (RETURN.equals(given[slots.size()])) {
      return leave(site, given[slots.size() + 1]);
    }
    return goOn(site, slots, values, given);
  }

  private Action leave(SiteFacts site, @Nullable Object value) {
    String refusal = site.returnRefusal();
    if (refusal != null) {
      return new Action.Escalate(refusal);
    }
    Object problem = problem(Type.getReturnType(site.method().desc).getDescriptor(), value);
    return problem == null
        ? new Action.Return(value)
        : new Action.Escalate("the snippet returned " + problem);
  }

  private Action goOn(
      SiteFacts site, List<Integer> slots, @Nullable Object[] taken, @Nullable Object[] given) {
    Map<Integer, @Nullable Object> writes = new HashMap<>();
    for (int i = 0; i < slots.size(); i++) {
      String variable = order.variables().get(i);
      if (isSame(taken[i], given[i]) && !site.isWritable(slots.get(i))) {
        // read only, such as this
        continue;
      }
      String problem = problem(descriptor(variable), given[i]);
      if (problem != null) {
        return new Action.Escalate("the snippet put " + problem + " into " + variable);
      }
      writes.put(slots.get(i), given[i]);
    }
    if (order.retry()) {
      return new Action.Replay(true, writes, Map.of(), false);
    }
    String refusal = site.refusal(Exit.NEXT);
    return refusal == null
        ? new Action.Resume(Exit.NEXT, writes)
        : new Action.Escalate("there is no next statement: " + refusal);
  }

  private static boolean isSame(@Nullable Object a, @Nullable Object b) {
    boolean box = a instanceof Number || a instanceof Character || a instanceof Boolean;
    return a == b || (box && Objects.equals(a, b));
  }

  /** What does not fit a variable; null when it fits as far as can be seen without loading. */
  private static @Nullable String problem(String descriptor, @Nullable Object value) {
    Type type = Type.getType(descriptor);
    if (type.getSort() == Type.VOID || type.getSort() >= Type.ARRAY) {
      return null;
    }
    boolean fits =
        switch (type.getSort()) {
          case Type.BOOLEAN -> value instanceof Boolean;
          case Type.CHAR -> value instanceof Character;
          case Type.BYTE -> value instanceof Byte;
          case Type.SHORT -> value instanceof Short;
          case Type.INT -> value instanceof Integer;
          case Type.LONG -> value instanceof Long;
          case Type.FLOAT -> value instanceof Float;
          default -> value instanceof Double;
        };
    return fits ? null : value == null ? "null" : "a " + value.getClass().getName();
  }

  private static @Nullable Object initial(String variable) {
    return switch (descriptor(variable).charAt(0)) {
      case 'Z' -> false;
      case 'C' -> '\0';
      case 'B' -> (byte) 0;
      case 'S' -> (short) 0;
      case 'I' -> 0;
      case 'J' -> 0L;
      case 'F' -> 0f;
      case 'D' -> 0d;
      default -> null;
    };
  }

  private static String descriptor(String variable) {
    return variable.substring(variable.indexOf(' ') + 1);
  }

  /** The slot of a variable that is in scope at the region or declared by it. */
  private static @Nullable Integer slot(SiteFacts site, String variable) {
    MethodNode method = site.method();
    if (method.localVariables == null) {
      return null;
    }
    int blank = variable.indexOf(' ');
    String name = variable.substring(0, Math.max(0, blank));
    for (LocalVariableNode each : method.localVariables) {
      boolean same = each.name.equals(name) && each.desc.equals(variable.substring(blank + 1));
      if (same
          && index(method, each.start) <= site.statementLast() + 2
          && index(method, each.end) > site.regionFirst()) {
        return each.index;
      }
    }
    return null;
  }

  private static int index(MethodNode method, AbstractInsnNode insn) {
    return method.instructions.indexOf(insn);
  }
}
