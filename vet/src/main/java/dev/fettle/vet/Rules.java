package dev.fettle.vet;

import org.objectweb.asm.tree.MethodNode;

/** What a kind of snippet may do, and how it is counted. */
interface Rules {
  /** Ends with the first thing found that it may not do. */
  void check(MethodNode method) throws Refusal;

  /** How its steps are counted. */
  Gauge gauge();
}
