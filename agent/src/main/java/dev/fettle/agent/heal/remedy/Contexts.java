package dev.fettle.agent.heal.remedy;

import dev.fettle.agent.heal.Exit;
import dev.fettle.agent.heal.SiteFacts;
import dev.fettle.agent.heal.SiteFacts.Loop;
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
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Names of what is alike about failures: how they came about and what their statements are for, as
 * far as classes of programs have that in common. Confined to the failing thread.
 */
final class Contexts {
  private final Scene scene;
  private final SiteFacts site;
  private final Kind kind;
  private final int culprit;
  private final @Nullable IndexFault index;
  private final @Nullable NullFault nothing;

  Contexts(Scene scene) {
    this.scene = scene;
    this.site = scene.site();
    this.kind = scene.kind();
    this.culprit = scene.culprit();
    this.index = scene.index();
    this.nothing = scene.nothing();
  }

  /** As {@link Scene#contexts}. */
  List<String> names() {
    String detail = kind.word() + "/" + detail();
    String variant = detail + "/" + variant();
    String role = variant + "/" + scene.role().name().toLowerCase(Locale.ROOT).replace('_', '-');
    String place = role + "/" + (scene.isInLoop() ? "loop" : "plain");
    return List.of("any", "as/" + part(), kind.word(), detail, variant, role, place);
  }

  /** What the statement is for those after it; the index of a loop's counter says more. */
  private String part() {
    boolean moved = index != null && index.motion().loop() >= 0;
    boolean driven = scene.isInLoop() && Motion.advances(scene.method(), site.loops().get(0));
    Scene.Role role = scene.role();
    if (scene.isThrownToCallers()) {
      return "thrown";
    } else if (role == Scene.Role.LOOP_CONDITION && !moved) {
      return "loop-condition";
    } else if (kind == Kind.EMPTY && scene.isInLoop()) {
      Loop loop = site.loops().get(0);
      boolean each = driven && (isFor(loop) || loop.next() == loop.head());
      if (isOfThisTurn()) {
        return "own-turn";
      } else if (!each || Drains.isOnlyTakenFrom(scene)) {
        return "exhausting";
      }
    } else if (kind != Kind.INDEX && !scene.isInLoop() && isUpdate(role)) {
      return "updating";
    } else if (isOfInput() && role == Scene.Role.RETURN && !scene.isInLoop()) {
      return "answering";
    } else if (isOfInput() && role == Scene.Role.CALL && driven) {
      return "telling-each";
    }
    boolean feeds = role == Scene.Role.ASSIGNMENT && kind != Kind.INDEX && isReadLater();
    if (!feeds) {
      return "other";
    }
    return !scene.isInLoop() ? "feeding" : driven ? "feeding-each" : "feeding-loop";
  }

  /** Whether it failed for what it was given, which is no number, date, type or case it knows. */
  private boolean isOfInput() {
    return switch (kind) {
      case PARSE, CAST, ARGUMENT, STATE, OTHER -> true;
      default -> false;
    };
  }

  /** Whether the statement sets a variable or field that holds a value of its own already. */
  private boolean isUpdate(Scene.Role role) {
    AbstractInsnNode last = scene.method().instructions.get(site.statementLast());
    while (last != null && last.getOpcode() < 0) {
      last = last.getPrevious();
    }
    Object before = null;
    if (role == Scene.Role.ASSIGNMENT && last instanceof VarInsnNode store) {
      before = site.isLive(store.var) ? scene.failure().localsAtStart()[store.var] : null;
    } else if (role == Scene.Role.STORE && last instanceof FieldInsnNode store) {
      before = held(store);
    }
    return before != null
        && !before.equals(Substitutes.neutral(Type.getDescriptor(before.getClass())));
  }

  /** What a field of an object in a variable holds; null when it is not known. */
  private @Nullable Object held(FieldInsnNode store) {
    int at = scene.method().instructions.indexOf(store);
    List<Expression> given = Expressions.operandsOf(scene.method(), site.statementFirst(), at);
    boolean isStatic = store.getOpcode() == Opcodes.PUTSTATIC;
    Expression on = isStatic || given.isEmpty() ? null : given.get(0).bare();
    Object object =
        on instanceof Expression.Variable variable && site.isLive(variable.slot())
            ? scene.failure().localsAtStart()[variable.slot()]
            : null;
    return !isStatic && object == null
        ? null
        : Home.read(
            scene.failure(), new Expression.Field(store.owner, store.name, store.desc, on), object);
  }

  /** Whether the innermost loop makes what failed anew in each turn. */
  private boolean isOfThisTurn() {
    List<Expression> given =
        culprit < 0
            ? List.of()
            : Expressions.operandsOf(scene.method(), site.regionFirst(), culprit);
    if (!scene.isInLoop()) {
      return false;
    }
    Loop loop = site.loops().get(0);
    for (int i = loop.first(); !given.isEmpty() && i <= loop.last(); i++) {
      AbstractInsnNode node = scene.method().instructions.get(i);
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
    AbstractInsnNode last = scene.method().instructions.get(site.statementLast());
    while (last != null && last.getOpcode() < 0) {
      last = last.getPrevious();
    }
    if (!(last instanceof VarInsnNode store)) {
      return false;
    }
    int end =
        scene.isInLoop() ? site.loops().get(0).last() : scene.method().instructions.size() - 1;
    for (int i = site.statementLast() + 1; i <= end; i++) {
      AbstractInsnNode node = scene.method().instructions.get(i);
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
    AbstractInsnNode node = scene.instruction();
    if (kind == Kind.CAST && isRecursive()) {
      return "recursive";
    } else if (kind == Kind.EMPTY && awaitsMore()) {
      return "awaited";
    } else if (kind == Kind.EMPTY
        && scene.returnType().getSort() == Type.BOOLEAN
        && scene.role() != Scene.Role.LOOP_CONDITION) {
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
        && !scene.isLoopCondition()
        && Drains.isFilled(
            scene.method(),
            then,
            Math.min(otherwise, scene.method().instructions.size()),
            container);
  }

  private boolean awaitsMore() {
    List<Expression> given =
        culprit < 0
            ? List.of()
            : Expressions.operandsOf(scene.method(), site.regionFirst(), culprit);
    return !given.isEmpty() && isFilled(given.get(0).bare());
  }

  /** A number at a constant index is a part of a tuple, which is there: one counts as a length. */
  private IndexFault.Way way(IndexFault fault) {
    int opcode = scene.method().instructions.get(fault.instruction()).getOpcode();
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
    if (then < 0 || scene.isLoopCondition()) {
      return false;
    }
    for (int i = then; i < Math.min(otherwise, scene.method().instructions.size()); i++) {
      AbstractInsnNode node = scene.method().instructions.get(i);
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
    AbstractInsnNode node = scene.instruction();
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
      if (scene.method().instructions.get(i) instanceof JumpInsnNode jump) {
        int opcode = jump.getOpcode();
        return opcode >= Opcodes.IF_ICMPEQ
            && opcode <= Opcodes.IF_ICMPLE
            && isLongest(
                Expressions.compared(scene.method(), Extents.lineStart(scene.method(), i), i)
                    .get(1));
      }
    }
    return false;
  }

  private boolean isLongest(Expression bound) {
    if (bound.bare() instanceof Expression.Variable variable) {
      for (AbstractInsnNode node : scene.method().instructions) {
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
    for (AbstractInsnNode node = scene.method().instructions.get(at);
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
        && NullFault.ofVariable(scene.method(), variable.slot()) == NullFault.Origin.UNSET;
  }

  /**
   * A write into an array of the method's own that it does not return, or with a cursor of its own,
   * or into a list of its own.
   */
  private boolean isOwnStore(IndexFault fault) {
    AbstractInsnNode node = scene.method().instructions.get(fault.instruction());
    int opcode = node.getOpcode();
    boolean list = node instanceof MethodInsnNode call && call.name.equals("set");
    boolean array = opcode >= Opcodes.IASTORE && opcode <= Opcodes.SASTORE;
    if (!list && !array) {
      return false;
    }
    Expression container = fault.container().bare();
    if (container instanceof Expression.Variable variable) {
      return !Variables.isParameter(scene.method(), variable.slot())
          && (list || variable.slot() != ReturnValue.returnedSlot(scene) || isCursor(fault));
    }
    return container instanceof Expression.Field;
  }

  /** An index that no condition of the loops around looks at. */
  private boolean isCursor(IndexFault fault) {
    if (!(fault.index().bare() instanceof Expression.Variable cursor) || !scene.isInLoop()) {
      return false;
    }
    Loop outermost = site.loops().get(site.loops().size() - 1);
    for (int i = outermost.first(); i <= outermost.last(); i++) {
      AbstractInsnNode node = scene.method().instructions.get(i);
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
    for (int i = load + 1; i < Math.min(load + 5, scene.method().instructions.size()); i++) {
      int opcode = scene.method().instructions.get(i).getOpcode();
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
    for (AbstractInsnNode node : scene.method().instructions) {
      if (node instanceof MethodInsnNode call
          && call.name.equals(scene.method().name)
          && call.desc.equals(scene.method().desc)
          && call.owner.replace('/', '.').equals(site.className())) {
        return true;
      }
    }
    return false;
  }
}
