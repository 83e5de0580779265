package dev.fettle.agent.heal.engine;

import dev.fettle.agent.heal.Failure;
import dev.fettle.agent.heal.Operator;
import dev.fettle.agent.heal.SiteFacts;
import dev.fettle.agent.heal.replay.Boxes;
import dev.fettle.agent.heal.replay.Replay;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.LocalVariableNode;
import org.objectweb.asm.tree.MethodInsnNode;

/** One failure while its frame waits. Confined to the failing thread. */
final class LiveFailure implements Failure {
  private final Place place;
  private final Throwable thrown;
  private final MethodHandles.Lookup lookup;
  private final Purity purity;
  private final @Nullable Object[] raw;
  private final Set<String> impossible = new HashSet<>();
  private @Nullable Object @Nullable [] boxed;
  private @Nullable Object @Nullable [] atStart;
  private @Nullable Culprit culprit;
  private boolean searched;
  private @Nullable Map<Integer, Operator> done;
  private int attempt;
  private boolean spent;

  /**
   * @param passed values of {@code place.group().passed()}
   */
  LiveFailure(
      Place place,
      Throwable thrown,
      MethodHandles.Lookup lookup,
      Purity purity,
      @Nullable Object[] passed) {
    this.place = place;
    this.thrown = thrown;
    this.lookup = lookup;
    this.purity = purity;
    this.raw = new Object[place.method().maxLocals];
    int at = 0;
    for (int slot : place.group().passed()) {
      raw[slot] = passed[at++];
    }
  }

  @Override
  public SiteFacts site() {
    return place;
  }

  Place place() {
    return place;
  }

  @Override
  public Throwable thrown() {
    return thrown;
  }

  /** As the JVM sees them. */
  @Nullable Object[] raw() {
    return raw;
  }

  @Override
  public @Nullable Object[] locals() {
    if (boxed == null) {
      boxed = boxed(raw);
    }
    return boxed;
  }

  @Nullable Object[] boxed(@Nullable Object[] values) {
    Object[] all = values.clone();
    for (int slot = 0; slot < all.length; slot++) {
      LocalVariableNode variable = place.plan().variable(slot, place.place().from());
      if (variable != null && all[slot] instanceof Integer) {
        all[slot] = Boxes.boxed(all[slot], variable.desc);
      }
    }
    return all;
  }

  @Override
  public @Nullable Object[] localsAtStart() {
    return boxed(rawAtStart());
  }

  @Nullable Object[] rawAtStart() {
    if (atStart == null) {
      search();
    }
    return atStart == null ? raw : atStart;
  }

  @Override
  public @Nullable Culprit culprit() {
    search();
    return culprit;
  }

  /** Tries how many increments ran before it failed. */
  private void search() {
    if (searched) {
      return;
    }
    searched = true;
    List<Integer> increments = increments();
    for (int done = 0; done <= increments.size(); done++) {
      Object[] start = undone(increments.subList(0, done));
      Culprit found = evaluate(start);
      boolean consistent =
          found != null && increments.stream().filter(i -> i < found.index()).count() == done;
      if (consistent) {
        culprit = found;
        atStart = start;
        return;
      }
    }
    int before = (int) increments.stream().filter(i -> i < place.place().from()).count();
    atStart = undone(increments.subList(0, before));
  }

  private List<Integer> increments() {
    List<Integer> found = new ArrayList<>();
    for (int i = place.regionFirst(); i <= place.regionLast(); i++) {
      if (place.plan().node(i) instanceof IincInsnNode) {
        found.add(i);
      }
    }
    return found;
  }

  private @Nullable Object[] undone(List<Integer> increments) {
    Object[] start = raw.clone();
    for (int i : increments) {
      IincInsnNode increment = (IincInsnNode) place.plan().node(i);
      if (start[increment.var] instanceof Integer value) {
        start[increment.var] = value - increment.incr;
      }
    }
    return start;
  }

  private @Nullable Culprit evaluate(@Nullable Object[] start) {
    Map<Integer, Operator> known = DoneEffects.of(place);
    Replay.End end =
        new Replay(place.plan(), place.members(), start, known, List.of(), pureBut(known))
            .run(place.regionFirst(), i -> true);
    if (!(end instanceof Replay.Failed failed) || failed.operands() == null) {
      return null;
    }
    boolean threw =
        failed.thrown() != Purity.NOT_PURE
            ? failed.thrown().getClass() == thrown.getClass()
            : isBlamed(failed.index());
    return threw ? new Culprit(failed.index(), failed.operands()) : null;
  }

  /** Ends an evaluation before it changes anything, but for what is known to change nothing. */
  private Replay.Guard pureBut(Map<Integer, Operator> known) {
    return (index, node, operands, fresh) -> {
      if (!known.containsKey(index) && !purity.isPure(node, operands, fresh)) {
        throw Purity.NOT_PURE;
      }
      return true;
    };
  }

  @Override
  public @Nullable Object @Nullable [] given(int first, int instruction) {
    AtomicReference<@Nullable Object @Nullable []> found = new AtomicReference<>();
    Operator last =
        (operands, original) -> {
          found.set(operands);
          throw Purity.NOT_PURE;
        };
    Map<Integer, Operator> known = Map.of(instruction, last);
    Replay.End end =
        new Replay(place.plan(), place.members(), rawAtStart(), known, List.of(), pureBut(known))
            .run(first, i -> false);
    return end instanceof Replay.Failed ? found.get() : null;
  }

  /**
   * What stands for instructions whose effects the region had before it failed, by index: running
   * it again must not have them twice. Empty while it is not known what failed.
   */
  Map<Integer, Operator> done() {
    if (done == null) {
      Culprit found = culprit();
      done = found == null ? Map.of() : DoneEffects.before(place, found.index());
    }
    return done;
  }

  @Override
  public @Nullable String callee() {
    return Traces.calleeOf(thrown, place.className(), place.method().name);
  }

  @Override
  public boolean isHealableAbove() {
    return Traces.callersOf(thrown, place.className(), place.method().name).stream()
        .anyMatch(caller -> purity.isHealable(lookup.lookupClass().getClassLoader(), caller));
  }

  /** Whether the trace says that the throwable came out of that call, or was thrown right there. */
  private boolean isBlamed(int index) {
    AbstractInsnNode node = place.plan().node(index);
    if (node.getOpcode() == Opcodes.ATHROW) {
      return true;
    }
    if (!(node instanceof MethodInsnNode call)) {
      return false;
    }
    String callee = callee();
    if (callee == null || !callee.equals(call.name)) {
      return false;
    }
    return place.suspects().stream()
            .map(i -> place.plan().node(i))
            .filter(n -> n instanceof MethodInsnNode other && other.name.equals(call.name))
            .count()
        == 1;
  }

  @Override
  public @Nullable String replayRefusal(boolean whole) {
    if (spent) {
      return "running the statement again had effects already";
    }
    Culprit found = culprit();
    if (found == null) {
      return "the statement had effects before it failed, or what failed in it is not known";
    }
    if (!whole || place.statementFirst() == place.regionFirst()) {
      return null;
    }
    for (int i = place.statementFirst(); i < place.regionFirst(); i++) {
      if (place.plan().depth(i) >= 0 && !purity.isPure(place.plan().node(i))) {
        return "the statement had effects before it failed";
      }
    }
    return null;
  }

  /** Hears of effects while a statement runs again. */
  Replay.Guard repeats() {
    return (index, node, operands, fresh) ->
        done().containsKey(index) || purity.isPure(node, operands, fresh);
  }

  boolean isCallWithEffects(int index) {
    AbstractInsnNode node = place.plan().node(index);
    return node instanceof MethodInsnNode && !purity.isPure(node);
  }

  @Override
  public int attempt() {
    return attempt;
  }

  /** Running the statement again changed something before it failed: never again. */
  void replayHadEffects() {
    spent = true;
  }

  boolean isSpent() {
    return spent;
  }

  void impossible(String treatment) {
    impossible.add(treatment);
    attempt++;
  }

  @Override
  public Set<String> impossible() {
    return impossible;
  }

  @Override
  public MethodHandles.Lookup lookup() {
    return lookup;
  }
}
