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
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

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
    return List.of("any", "as/" + part(), kind.word(), detail, variant, role, place);
  }

  /** What the statement is for those after it; the index of a loop's counter says more. */
  private String part() {
    boolean moved = index != null && index.motion().loop() >= 0;
    boolean driven = isInLoop() && Motion.advances(method(), site.loops().get(0));
    Role role = role();
    if (isThrownToCallers()) {
      return "thrown";
    } else if (role == Role.LOOP_CONDITION && !moved) {
      return "loop-condition";
    } else if (kind == Kind.EMPTY && isInLoop()) {
      Loop loop = site.loops().get(0);
      boolean each = driven && (isFor(loop) || loop.next() == loop.head());
      if (isOfThisTurn()) {
        return "own-turn";
      } else if (!each || Drains.isOnlyTakenFrom(this)) {
        return "exhausting";
      }
    } else if (kind != Kind.INDEX && !isInLoop() && isUpdate(role)) {
      return "updating";
    } else if (isOfInput() && role == Role.RETURN && !isInLoop()) {
      return "answering";
    } else if (isOfInput() && role == Role.CALL && driven) {
      return "telling-each";
    }
    boolean feeds = role == Role.ASSIGNMENT && kind != Kind.INDEX && isReadLater();
    if (!feeds) {
      return "other";
    }
    return !isInLoop() ? "feeding" : driven ? "feeding-each" : "feeding-loop";
  }

  /** Whether it failed for what it was given, which is no number, date, type or case it knows. */
  private boolean isOfInput() {
    return switch (kind) {
      case PARSE, CAST, ARGUMENT, STATE, OTHER -> true;
      default -> false;
    };
  }

  /** Whether the statement sets a variable or field that holds a value of its own already. */
  private boolean isUpdate(Role role) {
    AbstractInsnNode last = method().instructions.get(site.statementLast());
    while (last != null && last.getOpcode() < 0) {
      last = last.getPrevious();
    }
    Object before = null;
    if (role == Role.ASSIGNMENT && last instanceof VarInsnNode store) {
      before = site.isLive(store.var) ? failure.localsAtStart()[store.var] : null;
    } else if (role == Role.STORE && last instanceof FieldInsnNode store) {
      before = held(store);
    }
    return before != null
        && !before.equals(Substitutes.neutral(Type.getDescriptor(before.getClass())));
  }

  /** What a field of an object in a variable holds; null when it is not known. */
  private @Nullable Object held(FieldInsnNode store) {
    int at = method().instructions.indexOf(store);
    List<Expression> given = Expressions.operandsOf(method(), site.statementFirst(), at);
    boolean isStatic = store.getOpcode() == Opcodes.PUTSTATIC;
    Expression on = isStatic || given.isEmpty() ? null : given.get(0).bare();
    Object object =
        on instanceof Expression.Variable variable && site.isLive(variable.slot())
            ? failure.localsAtStart()[variable.slot()]
            : null;
    return !isStatic && object == null
        ? null
        : Home.read(failure, new Expression.Field(store.owner, store.name, store.desc, on), object);
  }

  /** Whether the innermost loop makes what failed anew in each turn. */
  private boolean isOfThisTurn() {
    List<Expression> given =
        culprit < 0 ? List.of() : Expressions.operandsOf(method(), site.regionFirst(), culprit);
    if (!isInLoop()) {
      return false;
    }
    Loop loop = site.loops().get(0);
    for (int i = loop.first(); !given.isEmpty() && i <= loop.last(); i++) {
      AbstractInsnNode node = method().instructions.get(i);
      if (node.getOpcode() == Opcodes.ASTORE
          && given.get(0).bare() instanceof Expression.Variable variable
          && variable.slot() == ((VarInsnNode) node).var) {
        return true;
      }
    }
    return false;
  }

  /** Whether what the statement sets is read after it, in the same turn of a loop. */
  private boolean isReadLater() {
    AbstractInsnNode last = method().instructions.get(site.statementLast());
    while (last != null && last.getOpcode() < 0) {
      last = last.getPrevious();
    }
    if (!(last instanceof VarInsnNode store)) {
      return false;
    }
    int end = isInLoop() ? site.loops().get(0).last() : method().instructions.size() - 1;
    for (int i = site.statementLast() + 1; i <= end; i++) {
      AbstractInsnNode node = method().instructions.get(i);
      if (node instanceof VarInsnNode other && other.var == store.var) {
        return node.getOpcode() <= Opcodes.ALOAD;
      }
    }
    return false;
  }

  private String detail() {
    if (index != null) {
      String way = way(index).name().toLowerCase(Locale.ROOT);
      boolean moved = index.motion().loop() >= 0;
      boolean empty = index.length() == 0 && !moved && !index.isEnd();
      boolean turn = index.way(site) == IndexFault.Way.CONSTANT && !way.equals("fixed");
      String container =
          empty && isFilled(index.container().bare())
              ? "awaited"
              : turn && isOfThisTurn() ? "turn" : empty ? "nothing" : way;
      return container + (index.isHigh() ? "-high" : "-low");
    }
    if (nothing != null) {
      boolean base = nothing.origin() == NullFault.Origin.PARAMETER && isRecursive();
      String origin = base ? "recursive" : isAwaited(nothing) ? "awaited" : nothing.origin().word();
      return origin + "-" + Substitutes.family(nothing.descriptor());
    }
    AbstractInsnNode node = instruction();
    if (kind == Kind.CAST && isRecursive()) {
      return "recursive";
    } else if (kind == Kind.EMPTY && awaitsMore()) {
      return "awaited";
    } else if (kind == Kind.EMPTY
        && returnType().getSort() == Type.BOOLEAN
        && role() != Role.LOOP_CONDITION) {
      return "check";
    } else if (kind == Kind.EMPTY
        && node instanceof MethodInsnNode call
        && Type.getReturnType(call.desc).getSort() < Type.ARRAY) {
      return "number";
    } else if (node instanceof MethodInsnNode call) {
      return call.owner.startsWith("java/") ? call.name : "callee";
    }
    return node == null ? "unknown" : "operation";
  }

  /** Whether the body of the failing condition puts something into a container. */
  private boolean isFilled(Expression container) {
    int then = site.target(Exit.THEN);
    int otherwise = site.target(Exit.ELSE);
    return then >= 0
        && !isLoopCondition()
        && Drains.isFilled(
            method(), then, Math.min(otherwise, method().instructions.size()), container);
  }

  private boolean awaitsMore() {
    List<Expression> given =
        culprit < 0 ? List.of() : Expressions.operandsOf(method(), site.regionFirst(), culprit);
    return !given.isEmpty() && isFilled(given.get(0).bare());
  }

  /** A number at a constant index is a part of a tuple, which is there: one counts as a length. */
  private IndexFault.Way way(IndexFault fault) {
    int opcode = method().instructions.get(fault.instruction()).getOpcode();
    boolean tuple =
        (opcode >= Opcodes.IALOAD && opcode <= Opcodes.SALOAD && opcode != Opcodes.AALOAD)
            || (opcode >= Opcodes.IASTORE && opcode <= Opcodes.SASTORE);
    return tuple && fault.way(site) == IndexFault.Way.CONSTANT
        ? IndexFault.Way.FIXED
        : fault.way(site);
  }

  /** A variable or field that the failing condition's body would set: the best so far, say. */
  private boolean isAwaited(NullFault fault) {
    int then = site.target(Exit.THEN);
    int otherwise = site.target(Exit.ELSE);
    if (then < 0 || isLoopCondition()) {
      return false;
    }
    for (int i = then; i < Math.min(otherwise, method().instructions.size()); i++) {
      AbstractInsnNode node = method().instructions.get(i);
      boolean sets =
          fault.value() instanceof Expression.Variable variable
              ? node.getOpcode() == Opcodes.ASTORE && ((VarInsnNode) node).var == variable.slot()
              : fault.value() instanceof Expression.Field field && field.isSetBy(node);
      if (sets) {
        return true;
      }
    }
    return false;
  }

  /** What the failing operation would have done, or how the loop goes that moves its index. */
  private String variant() {
    AbstractInsnNode node = instruction();
    if (index != null && isMade(index)) {
      return "made";
    } else if (index != null && isOwnStore(index)) {
      return "own-store";
    } else if (index != null && index.isEnd()) {
      return "end";
    } else if (index != null && index.way(site) == IndexFault.Way.OUTWARD && isOfLongest()) {
      return "longest";
    } else if (index != null && index.way(site) == IndexFault.Way.OUTWARD && isAhead(index)) {
      return "ahead";
    } else if (index != null && index.way(site) == IndexFault.Way.INWARD) {
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

  /** Whether a counter that is inside itself looks at what comes next. */
  private static boolean isAhead(IndexFault fault) {
    return fault.index().bare() instanceof Expression.Binary sum
        && sum.opcode() == Opcodes.IADD
        && sum.left().bare() instanceof Expression.Variable
        && sum.right().bare() instanceof Expression.Constant ahead
        && ahead.value() instanceof Integer more
        && more > 0
        && fault.value() - more < fault.length();
  }

  /** Whether the loop goes on to the longer of several lengths, so that others end before. */
  private boolean isOfLongest() {
    int last = site.loops().get(index == null ? 0 : index.motion().loop()).last();
    for (int i = site.loops().get(index == null ? 0 : index.motion().loop()).head();
        i <= last;
        i++) {
      if (method().instructions.get(i) instanceof JumpInsnNode jump) {
        int opcode = jump.getOpcode();
        return opcode >= Opcodes.IF_ICMPEQ
            && opcode <= Opcodes.IF_ICMPLE
            && isLongest(Expressions.compared(method(), Extents.lineStart(method(), i), i).get(1));
      }
    }
    return false;
  }

  private boolean isLongest(Expression bound) {
    if (bound.bare() instanceof Expression.Variable variable) {
      for (AbstractInsnNode node : method().instructions) {
        if (node.getOpcode() == Opcodes.ISTORE && ((VarInsnNode) node).var == variable.slot()) {
          return node.getPrevious() instanceof MethodInsnNode call && isMax(call);
        }
      }
    }
    return bound.bare() instanceof Expression.Call call && isMax(call.instruction());
  }

  private static boolean isMax(MethodInsnNode call) {
    return call.owner.equals("java/lang/Math") && call.name.equals("max");
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

  /** Into an array that the program never made: an earlier remedy did, and guessed its length. */
  private boolean isMade(IndexFault fault) {
    return fault.container().bare() instanceof Expression.Variable variable
        && NullFault.ofVariable(method(), variable.slot()) == NullFault.Origin.UNSET;
  }

  /**
   * A write into an array of the method's own that it does not return, or with a cursor of its own,
   * or into a list of its own.
   */
  private boolean isOwnStore(IndexFault fault) {
    AbstractInsnNode node = method().instructions.get(fault.instruction());
    int opcode = node.getOpcode();
    boolean list = node instanceof MethodInsnNode call && call.name.equals("set");
    boolean array = opcode >= Opcodes.IASTORE && opcode <= Opcodes.SASTORE;
    if (!list && !array) {
      return false;
    }
    Expression container = fault.container().bare();
    if (container instanceof Expression.Variable variable) {
      return !Variables.isParameter(method(), variable.slot())
          && (list || variable.slot() != ReturnValue.returnedSlot(this) || isCursor(fault));
    }
    return container instanceof Expression.Field;
  }

  /** An index that no condition of the loops around looks at. */
  private boolean isCursor(IndexFault fault) {
    if (!(fault.index().bare() instanceof Expression.Variable cursor) || !isInLoop()) {
      return false;
    }
    Loop outermost = site.loops().get(site.loops().size() - 1);
    for (int i = outermost.first(); i <= outermost.last(); i++) {
      AbstractInsnNode node = method().instructions.get(i);
      boolean load =
          node instanceof VarInsnNode load0
              && load0.var == cursor.slot()
              && node.getOpcode() == Opcodes.ILOAD;
      if (load && isCompared(i)) {
        return false;
      }
    }
    return true;
  }

  private boolean isCompared(int load) {
    for (int i = load + 1; i < Math.min(load + 5, method().instructions.size()); i++) {
      int opcode = method().instructions.get(i).getOpcode();
      if (opcode >= Opcodes.IF_ICMPEQ && opcode <= Opcodes.IF_ICMPLE) {
        return true;
      } else if (opcode >= Opcodes.IALOAD && opcode <= Opcodes.SASTORE) {
        return false;
      }
    }
    return false;
  }

  /** Whether the method calls itself. */
  private boolean isRecursive() {
    for (AbstractInsnNode node : method().instructions) {
      if (node instanceof MethodInsnNode call
          && call.name.equals(method().name)
          && call.desc.equals(method().desc)
          && call.owner.replace('/', '.').equals(site.className())) {
        return true;
      }
    }
    return false;
  }
}
