package dev.fettle.agent.weave;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

/**
 * Where {@code finally}, {@code synchronized} and try-with-resources stand between a failure and
 * the end of its method. Their handlers run first and forget the variables of the body, so what
 * happens in the body is reported before them.
 */
final class Covers {
  /**
   * What stands over an instruction.
   *
   * @param block the first handler that takes everything; ours goes before it
   * @param clauses typed clauses of the method that may catch what the handler throws again
   */
  record Cover(TryCatchBlockNode block, PassingHandler handler, List<TryCatchBlockNode> clauses) {
    /** Covers are equal when one handler of ours can serve them. */
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Cover cover
          && cover.block.handler == block.handler
          && Objects.equals(cover.block.type, block.type)
          && cover.clauses.equals(clauses);
    }

    @Override
    public int hashCode() {
      return 31 * System.identityHashCode(block.handler) + clauses.hashCode();
    }
  }

  private final MethodNode method;
  private final IdentityHashMap<LabelNode, PassingHandler> passing = new IdentityHashMap<>();

  Covers(MethodNode method) {
    this.method = method;
    for (TryCatchBlockNode block : method.tryCatchBlocks) {
      PassingHandler.of(block)
          .filter(h -> h.isPlain((method.access & Opcodes.ACC_STATIC) != 0))
          .ifPresent(h -> passing.put(block.handler, h));
    }
  }

  /** Null where nothing of the kind stands over the instruction. */
  @Nullable Cover over(int position) {
    Cover first = null;
    List<TryCatchBlockNode> clauses = new ArrayList<>();
    for (TryCatchBlockNode block : method.tryCatchBlocks) {
      if (covers(block, position)) {
        PassingHandler handler = passing.get(block.handler);
        if (first == null && handler != null) {
          first = new Cover(block, handler, clauses);
        } else if (first == null && block.type == null) {
          return null;
        } else if (first != null && handler == null && block.type != null) {
          clauses.add(block);
        }
      }
    }
    return first;
  }

  private boolean covers(TryCatchBlockNode block, int position) {
    return method.instructions.indexOf(block.start) <= position
        && position < method.instructions.indexOf(block.end);
  }

  /** Leaves a handler alone: something below it cannot be reported. */
  void exclude(Cover cover) {
    passing.remove(cover.block.handler);
  }

  /** Instructions that throw again what was reported when it was thrown. */
  Set<AbstractInsnNode> again() {
    Set<AbstractInsnNode> again = new HashSet<>();
    passing.values().forEach(h -> again.add(h.again()));
    return again;
  }

  /** Whether a compiler made the clause. */
  static boolean isPassing(TryCatchBlockNode block) {
    return block.type == null || PassingHandler.of(block).isPresent();
  }
}
