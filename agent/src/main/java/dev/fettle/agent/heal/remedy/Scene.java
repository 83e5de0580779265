package dev.fettle.agent.heal.remedy;

import dev.fettle.agent.heal.Exit;
import dev.fettle.agent.heal.Failure;
import dev.fettle.agent.heal.SiteFacts;
import dev.fettle.agent.heal.SiteFacts.Loop;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** A failure with what its code says about it. Confined to the failing thread. */
final class Scene {
  private static final @Nullable Object[] NOTHING = {};

  /** What the failing region is to its statement. */
  enum Role {
    CONDITION,
    /** A condition whose body returns nothing, false, 0 or null, or leaves the iteration. */
    GUARD,
    /** A condition whose body returns something else. */
    FINDING,
    /** A condition without which the loop or the method is left. */
    KEEPING,
    LOOP_CONDITION,
    ASSIGNMENT,
    STORE,
    CALL,
    RETURN,
    OTHER
  }

  private final Failure failure;
  private final SiteFacts site;
  private final Kind kind;
  private final int culprit;
  private final @Nullable Object[] operands;
  private final @Nullable IndexFault index;
  private final @Nullable NullFault nothing;

  Scene(Failure failure) {
    this.failure = failure;
    this.site = failure.site();
    this.kind = Kind.of(failure.thrown());
    Failure.Culprit found = failure.culprit();
    this.operands = found == null ? NOTHING : found.operands();
    this.culprit = found == null ? likelyCulprit() : found.index();
    boolean known = culprit >= 0;
    this.index = known && kind == Kind.INDEX ? IndexFault.of(failure, culprit, operands) : null;
    // what was called is to blame, nothing that it was given
    boolean inside = found == null && failure.callee() != null;
    this.nothing =
        known && kind == Kind.NULL && !inside ? NullFault.of(site, culprit, operands) : null;
  }

  Failure failure() {
    return failure;
  }

  SiteFacts site() {
    return site;
  }

  MethodNode method() {
    return site.method();
  }

  Kind kind() {
    return kind;
  }

  /** The instruction that failed; -1 when several could have. */
  int culprit() {
    return culprit;
  }

  /** The failing instruction; null when it is not known. */
  @Nullable AbstractInsnNode instruction() {
    return culprit < 0 ? null : method().instructions.get(culprit);
  }

  /** Whether the operands are known, and with them that the region can be evaluated again. */
  boolean hasOperands() {
    return operands.length > 0;
  }

  @Nullable Object operand(int position) {
    return position < operands.length ? operands[position] : null;
  }

  @Nullable IndexFault index() {
    return index;
  }

  @Nullable NullFault nothing() {
    return nothing;
  }

  boolean allows(Exit exit) {
    return site.target(exit) >= 0 && site.refusal(exit) == null;
  }

  /**
   * The loop that leaving or skipping is about: the one that moves the index, else the innermost.
   */
  int loop() {
    return index != null && index.motion().loop() >= 0 ? index.motion().loop() : 0;
  }

  /**
   * Whether the statement itself throws what may pass: throwing once more does not help, making the
   * caller's statement again may.
   */
  boolean isThrownToBeTriedAgain() {
    AbstractInsnNode node = instruction();
    return kind == Kind.TRANSIENT && node != null && node.getOpcode() == Opcodes.ATHROW;
  }

  /** Whether another failure of the region may be about another loop. */
  boolean loopVaries() {
    if (index == null || site.loops().size() < 2) {
      return false;
    }
    for (int suspect : site.suspects()) {
      AbstractInsnNode node = method().instructions.get(suspect);
      List<Expression> given =
          IndexFault.isIndexing(node)
              ? Expressions.operandsOf(method(), site.regionFirst(), suspect)
              : List.of();
      if (given.size() > 1 && Motion.of(given.get(1), site).loop() != index.motion().loop()) {
        return true;
      }
    }
    return false;
  }

  /** Whether a loop around need not come to an end by itself: none of its counters ends it. */
  boolean maySpin() {
    return site.loops().stream().anyMatch(loop -> !Motion.advances(method(), loop));
  }

  boolean isInLoop() {
    return !site.loops().isEmpty();
  }

  Type returnType() {
    return Type.getReturnType(method().desc);
  }

  /** Whether the compiler wrote the method, whose callers are told what it throws. */
  boolean isOfEnum() {
    return "java/lang/Enum".equals(site.superName())
        && method().name.equals("valueOf")
        && method().desc.startsWith("(Ljava/lang/String;)");
  }

  /**
   * Whether the statement itself throws what a caller's statement may be healed of: who called with
   * what is refused knows more.
   */
  boolean isThrownToCallers() {
    AbstractInsnNode node = instruction();
    return node != null && node.getOpcode() == Opcodes.ATHROW;
  }

  /** The only call of the method that the trace blames; -1 when there is none. */
  private int calledCulprit(String callee) {
    int found = -1;
    for (int suspect : site.suspects()) {
      boolean fits =
          method().instructions.get(suspect) instanceof MethodInsnNode call
              && call.name.equals(callee);
      if (fits && found >= 0) {
        return -1;
      }
      found = fits ? suspect : found;
    }
    return found;
  }

  /** The only instruction of the region that fails like this; -1 when there are more. */
  private int likelyCulprit() {
    String callee = failure.callee();
    if (callee != null) {
      return calledCulprit(callee);
    }
    List<Integer> fitting = new ArrayList<>();
    for (int suspect : site.suspects()) {
      if (couldHaveThrown(method().instructions.get(suspect))) {
        fitting.add(suspect);
      }
    }
    return fitting.size() == 1 ? fitting.get(0) : -1;
  }

  private boolean couldHaveThrown(AbstractInsnNode node) {
    if (kind == Kind.INDEX && failure.thrown() instanceof ArrayIndexOutOfBoundsException) {
      return IndexFault.isArrayAccess(node);
    } else if (kind == Kind.INDEX) {
      return node instanceof MethodInsnNode && IndexFault.isIndexing(node);
    } else if (kind == Kind.ARITHMETIC) {
      int opcode = node.getOpcode();
      return opcode == Opcodes.IDIV
          || opcode == Opcodes.LDIV
          || opcode == Opcodes.IREM
          || opcode == Opcodes.LREM;
    } else if (kind == Kind.CAST) {
      return node.getOpcode() == Opcodes.CHECKCAST;
    }
    return kind == Kind.NULL || node instanceof MethodInsnNode;
  }

  /** What the region does. */
  Role role() {
    if (site.target(Exit.THEN) >= 0 || site.target(Exit.ELSE) >= 0) {
      return isLoopCondition() ? Role.LOOP_CONDITION : condition();
    }
    for (int i = site.statementLast(); i >= site.statementFirst(); i--) {
      int opcode = method().instructions.get(i).getOpcode();
      if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
        return Role.RETURN;
      } else if (opcode >= Opcodes.ISTORE && opcode <= Opcodes.ASTORE) {
        return Role.ASSIGNMENT;
      } else if ((opcode >= Opcodes.IASTORE && opcode <= Opcodes.SASTORE)
          || opcode == Opcodes.PUTFIELD
          || opcode == Opcodes.PUTSTATIC) {
        return Role.STORE;
      } else if (opcode >= Opcodes.INVOKEVIRTUAL && opcode <= Opcodes.INVOKEDYNAMIC) {
        return Role.CALL;
      }
    }
    return Role.OTHER;
  }

  private Role condition() {
    Ending then = Ending.of(site, site.target(Exit.THEN));
    return switch (then) {
      case GOES_ON -> isKeeping() ? Role.KEEPING : Role.CONDITION;
      case NOTHING, ITERATION -> Role.GUARD;
      case SOMETHING -> Role.FINDING;
    };
  }

  private boolean isKeeping() {
    int otherwise = site.target(Exit.ELSE);
    Ending end = otherwise < 0 || !isInLoop() ? Ending.GOES_ON : Ending.of(site, otherwise);
    return end == Ending.NOTHING
        || end == Ending.SOMETHING
        || (end == Ending.ITERATION && Ending.leaves(site, otherwise));
  }

  /** Whether the condition is that of the innermost loop. */
  boolean isLoopCondition() {
    if (!isInLoop()) {
      return false;
    }
    Loop loop = site.loops().get(0);
    return loop.exit() >= 0 && site.target(Exit.ELSE) == loop.exit();
  }

  /**
   * Names of what is alike about failures, from the most general to the most special; each is more
   * special than the one before. The prior knows rates for them.
   */
  List<String> contexts() {
    return new Contexts(this).names();
  }
}
