package dev.fettle.agent.heal.engine;

import dev.fettle.agent.heal.Exit;
import dev.fettle.agent.heal.SiteFacts;
import dev.fettle.agent.heal.plan.Group;
import dev.fettle.agent.heal.plan.MethodPlan;
import dev.fettle.agent.heal.plan.Region;
import dev.fettle.agent.heal.replay.Members;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.MethodNode;

/** The facts of one region, with what is needed to go on from it. Immutable. */
record Place(
    String id,
    String className,
    @Nullable String superName,
    MethodPlan plan,
    Group group,
    Region place,
    Members members,
    Comfort comfort)
    implements SiteFacts {

  /** One instance per region: identity is equality. */
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public String toString() {
    return id();
  }

  @Override
  public MethodNode method() {
    return plan.method();
  }

  @Override
  public int region() {
    return place.number();
  }

  @Override
  public int regionFirst() {
    return place.first();
  }

  @Override
  public int regionLast() {
    return place.last();
  }

  @Override
  public int statementFirst() {
    return place.statementFirst();
  }

  @Override
  public int statementLast() {
    return place.statementLast();
  }

  @Override
  public int line() {
    return plan.lineOf(place.from());
  }

  @Override
  public List<Loop> loops() {
    return place.loops();
  }

  @Override
  public List<Integer> suspects() {
    return place.suspects();
  }

  @Override
  public boolean isLive(int slot) {
    return slot < group.types().length && group.types()[slot] != Opcodes.TOP;
  }

  @Override
  public int target(Exit exit) {
    return place.targets().getOrDefault(exit, -1);
  }

  @Override
  public @Nullable String refusal(Exit exit) {
    if (!place.targets().containsKey(exit)) {
      return "there is no such place";
    }
    String why = place.refusals().get(exit);
    return why != null ? why : comfort.refusal(place, exit);
  }

  @Override
  public List<Integer> freshAt(Exit exit) {
    int target = target(exit);
    return target < 0 ? List.of() : plan.fresh(group, target);
  }

  @Override
  public boolean isWritable(int slot) {
    return group.written().contains(slot);
  }

  @Override
  public @Nullable String returnRefusal() {
    String why = place.returnRefusal();
    return why != null ? why : comfort.returnRefusal(place);
  }
}
