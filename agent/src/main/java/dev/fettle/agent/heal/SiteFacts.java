package dev.fettle.agent.heal;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.tree.MethodNode;

/**
 * What is known of a place without running it: one region of a method, a run of instructions that
 * begins and ends where the operand stack is empty. Computed at its first failure from the bytes
 * before weaving; thread-safe as long as nobody changes the tree.
 */
public interface SiteFacts {
  /**
   * A loop around the failing statement. Indexes are those of instructions in {@link #method}.
   *
   * @param head where the condition starts
   * @param first of its body or head, the lowest index
   * @param last of its body or head, the highest index
   * @param next where {@code continue} goes
   * @param exit where {@code break} goes, -1 when there is no such place
   */
  record Loop(int head, int first, int last, int next, int exit) {}

  /** {@code Class.method:line}, what people see; equal for regions of one line. */
  String id();

  /** Binary name. */
  String className();

  /** Internal name of the superclass. */
  @Nullable String superName();

  /** The method as it was before weaving, with variables and signatures; read only. */
  MethodNode method();

  /** Number of the region in its method, from 0. */
  int region();

  /** First instruction of the region. */
  int regionFirst();

  /** Last instruction of the region, inclusive. */
  int regionLast();

  /** First instruction of the source statement. */
  int statementFirst();

  /** Last instruction of the source statement, inclusive. */
  int statementLast();

  /** Of the region's first instruction; 0 when unknown. */
  int line();

  /** Innermost first. */
  List<Loop> loops();

  /** Instructions of the region that can throw, in order. */
  List<Integer> suspects();

  /** Whether a slot holds a value when the region fails. */
  boolean isLive(int slot);

  /** Whether an action may change the variable in a slot that is live. */
  default boolean isWritable(int slot) {
    return isLive(slot);
  }

  /** Where an exit leads, an index in {@link #method}; -1 when there is none. */
  int target(Exit exit);

  /** Why an exit must not be taken; null when it may be. */
  @Nullable String refusal(Exit exit);

  /** Slots that an exit needs and that hold no value yet; each is a named variable. */
  List<Integer> freshAt(Exit exit);

  /** Why the method must not be left from here with a value; null when it may be. */
  @Nullable String returnRefusal();
}
