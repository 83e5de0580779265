package dev.fettle.agent.heal.remedy;

import dev.fettle.agent.heal.Exit;
import dev.fettle.agent.heal.Failure;
import dev.fettle.agent.heal.SiteFacts;
import dev.fettle.agent.heal.SiteFacts.Loop;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** A failure with what its code says about it. Confined to the failing thread. */
final class Scene {
  private static final @Nullable Object[] NOTHING = {};

  /** What the failing region is to its statement. */
  enum Role {
    CONDITION,
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
    this.nothing = known && kind == Kind.NULL ? NullFault.of(site, culprit, operands) : null;
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

  boolean isInLoop() {
    return !site.loops().isEmpty();
  }

  Type returnType() {
    return Type.getReturnType(method().desc);
  }

  /** The only instruction of the region that fails like this; -1 when there are more. */
  private int likelyCulprit() {
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
      return isLoopCondition() ? Role.LOOP_CONDITION : Role.CONDITION;
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

  private boolean isLoopCondition() {
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
    String detail = kind.word() + "/" + detail();
    String variant = detail + "/" + variant();
    String role = variant + "/" + role().name().toLowerCase(Locale.ROOT).replace('_', '-');
    String place = role + "/" + (isInLoop() ? "loop" : "plain");
    return List.of("any", kind.word(), detail, variant, role, place);
  }

  private String detail() {
    if (index != null) {
      return index.way().name().toLowerCase(Locale.ROOT) + (index.isHigh() ? "-high" : "-low");
    }
    if (nothing != null) {
      return nothing.origin().word() + "-" + Substitutes.family(nothing.descriptor());
    }
    AbstractInsnNode node = instruction();
    if (node instanceof MethodInsnNode call) {
      return call.owner.startsWith("java/") ? call.name : "callee";
    }
    return node == null ? "unknown" : "operation";
  }

  /** What the failing operation would have done, or how the loop goes that moves its index. */
  private String variant() {
    AbstractInsnNode node = instruction();
    if (index != null && isOwnStore(index)) {
      return "own-store";
    } else if (index != null && index.way() == IndexFault.Way.INWARD) {
      return isFor(site.loops().get(index.motion().loop())) ? "for" : "while";
    } else if (node instanceof MethodInsnNode call) {
      return Use.of(call).name().toLowerCase(Locale.ROOT);
    }
    int opcode = node == null ? 0 : node.getOpcode();
    if (opcode == Opcodes.ARRAYLENGTH) {
      return "size";
    } else if (opcode == Opcodes.PUTFIELD
        || (opcode >= Opcodes.IASTORE && opcode <= Opcodes.SASTORE)) {
      return "change";
    }
    return node == null ? "unknown" : "content";
  }

  /** The step of a {@code for} stands on the line of its condition. */
  private boolean isFor(Loop loop) {
    return loop.next() != loop.head() && line(loop.next()) == line(loop.head());
  }

  private int line(int at) {
    for (AbstractInsnNode node = method().instructions.get(at);
        node != null;
        node = node.getPrevious()) {
      if (node instanceof LineNumberNode line) {
        return line.line;
      }
    }
    return -1;
  }

  /** A write into an array that this method made for itself and does not return. */
  private boolean isOwnStore(IndexFault fault) {
    int opcode = method().instructions.get(fault.instruction()).getOpcode();
    return opcode >= Opcodes.IASTORE
        && opcode <= Opcodes.SASTORE
        && fault.container().bare() instanceof Expression.Variable variable
        && !Variables.isParameter(method(), variable.slot())
        && variable.slot() != ReturnValue.returnedSlot(this);
  }
}
