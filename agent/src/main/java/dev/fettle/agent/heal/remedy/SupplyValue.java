package dev.fettle.agent.heal.remedy;

import dev.fettle.agent.heal.Action;
import dev.fettle.agent.heal.Failure;
import dev.fettle.agent.heal.Operator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Runs the statement again with a value where it had none, for this once. Source: manufactured
 * values of failure-oblivious computing (Rinard et al. 2004), NPEFix with "local" scope (Durieux et
 * al. 2017).
 */
record SupplyValue(Source source) implements Remedy {
  /** What upper and lower case letters of ASCII differ in. */
  private static final int CASE = 0x20;

  enum Source {
    /** What adds nothing where the failing operation's result goes; see {@link Neutral}. */
    DEFAULT,
    /** An empty text, array or container in place of null. */
    EMPTY,
    /** The nearest index inside; no elements for a negative size. */
    CLAMPED,
    /** For an index that is a letter's distance from {@code 'a'}, that of its other case. */
    FOLDED,
    /** For a null element, the nearest that is not null. */
    NEIGHBOR,
    /** The value that the assigned variable has already. */
    PREVIOUS,
    /** Another variable of the type in place of null. */
    SIBLING,
    /** The number that a text begins with. */
    PREFIX,
    /** The value as the type that was expected. */
    CONVERTED
  }

  @Override
  public String name() {
    return "supply-" + source.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String page() {
    return "supply-value";
  }

  @Override
  public @Nullable Plan plan(Scene scene) {
    if (!scene.hasOperands() || scene.failure().replayRefusal(false) != null) {
      return null;
    }
    return operators(scene).isEmpty() ? null : each();
  }

  /** Another text may begin with a number, another character be a letter. */
  @Override
  public @Nullable Plan later(Scene scene) {
    if (!scene.hasOperands() || scene.failure().replayRefusal(false) != null) {
      return null;
    }
    boolean may =
        switch (source) {
          case PREFIX -> scene.kind() == Kind.PARSE && isOfNumberType(scene.instruction());
          case FOLDED -> scene.index() != null && letter(scene.index()) != 0;
          default -> false;
        };
    return may ? each() : null;
  }

  private Plan each() {
    return failure -> {
      Scene now = new Scene(failure);
      Map<Integer, Operator> operators =
          !now.hasOperands() || failure.replayRefusal(false) != null ? Map.of() : operators(now);
      return operators.isEmpty() ? null : new Action.Replay(false, Map.of(), operators, false);
    };
  }

  private Map<Integer, Operator> operators(Scene scene) {
    if (source == Source.DEFAULT) {
      return Neutral.operators(scene);
    }
    Operator operator = operator(scene);
    if (operator == null) {
      return Map.of();
    }
    boolean moved = source == Source.CLAMPED || source == Source.FOLDED;
    AbstractInsnNode node = scene.instruction();
    return moved && node != null && IndexFault.isArrayAccess(node)
        ? everywhere(scene, operator)
        : Map.of(scene.culprit(), operator);
  }

  /** What {@code a[i]++} reads at another index it writes there too. */
  private static Map<Integer, Operator> everywhere(Scene scene, Operator operator) {
    Object array = scene.operand(0);
    Object index = scene.operand(1);
    Map<Integer, Operator> operators = new HashMap<>();
    for (int suspect : scene.site().suspects()) {
      if (IndexFault.isArrayAccess(scene.method().instructions.get(suspect))) {
        operators.put(
            suspect,
            (operands, original) ->
                operands[0] == array && Objects.equals(operands[1], index)
                    ? operator.apply(operands, original)
                    : original.proceed(operands));
      }
    }
    return operators;
  }

  private @Nullable Operator operator(Scene scene) {
    return switch (source) {
      case DEFAULT -> null;
      case EMPTY -> empty(scene);
      case CLAMPED -> clamped(scene);
      case FOLDED -> folded(scene);
      case NEIGHBOR -> neighbor(scene);
      case PREVIOUS -> previous(scene);
      case SIBLING -> sibling(scene);
      case PREFIX -> prefix(scene);
      case CONVERTED -> converted(scene);
    };
  }

  private static @Nullable Operator empty(Scene scene) {
    NullFault fault = scene.nothing();
    if (fault == null || fault.descriptor() == null || Neutral.isDivisor(scene)) {
      return null;
    }
    Substitutes substitutes = new Substitutes(scene.failure().lookup());
    String descriptor = fault.descriptor();
    return substitutes.has(descriptor)
        ? (operands, original) -> {
          @Nullable Object[] changed = operands.clone();
          changed[fault.position()] = substitutes.empty(descriptor, 0);
          return original.proceed(changed);
        }
        : null;
  }

  private static @Nullable Operator sibling(Scene scene) {
    NullFault fault = scene.nothing();
    if (fault == null || fault.descriptor() == null) {
      return null;
    }
    Object value = Siblings.of(scene, fault.descriptor());
    return value == null ? null : replacing(fault.position(), value);
  }

  private static @Nullable Operator clamped(Scene scene) {
    if (scene.kind() == Kind.SIZE) {
      return scene.operand(0) instanceof Integer ? replacing(0, 0) : null;
    }
    IndexFault fault = scene.index();
    return fault == null || fault.nearest() < 0
        ? null
        : replacing(fault.position(), fault.nearest());
  }

  /** {@code counts[c - 'a']} of an {@code 'X'}: the place of {@code 'x'}. */
  private static @Nullable Operator folded(Scene scene) {
    IndexFault fault = scene.index();
    int letter = fault == null ? 0 : letter(fault);
    if (fault == null || letter == 0 || !isLetter(fault.value() + letter)) {
      return null;
    }
    int other = (fault.value() + letter) ^ CASE;
    int index = other - letter;
    return index >= 0 && index < fault.length() ? replacing(fault.position(), index) : null;
  }

  /** The letter that an index is the distance from; 0 for none. */
  private static int letter(IndexFault fault) {
    return fault.index().bare() instanceof Expression.Binary difference
            && difference.opcode() == Opcodes.ISUB
            && difference.right().bare() instanceof Expression.Constant first
            && first.value() instanceof Integer letter
            && isLetter(letter)
        ? letter
        : 0;
  }

  private static boolean isLetter(int code) {
    return (code | CASE) >= 'a' && (code | CASE) <= 'z';
  }

  private static @Nullable Operator neighbor(Scene scene) {
    NullFault fault = scene.nothing();
    if (fault == null
        || !(fault.value() instanceof Expression.Element element)
        || !(element.array().bare() instanceof Expression.Variable array)
        || !(element.index().bare() instanceof Expression.Variable index)) {
      return null;
    }
    Failure failure = scene.failure();
    if (!(failure.localsAtStart()[array.slot()] instanceof Object[] elements)
        || !(failure.localsAtStart()[index.slot()] instanceof Integer at)) {
      return null;
    }
    Object value = nearest(elements, at);
    return value == null ? null : replacing(fault.position(), value);
  }

  private static @Nullable Object nearest(@Nullable Object[] elements, int at) {
    for (int away = 1; away < elements.length; away++) {
      if (at - away >= 0 && elements[at - away] != null) {
        return elements[at - away];
      }
      if (at + away < elements.length && elements[at + away] != null) {
        return elements[at + away];
      }
    }
    return null;
  }

  /** {@code x = f(...)}: what {@code x} holds. */
  private static @Nullable Operator previous(Scene scene) {
    AbstractInsnNode node = scene.instruction();
    AbstractInsnNode next = node == null ? null : node.getNext();
    if (node == null
        || next == null
        || Neutral.result(node) == null
        || next.getOpcode() < Opcodes.ISTORE
        || next.getOpcode() > Opcodes.ASTORE) {
      return null;
    }
    int slot = ((VarInsnNode) next).var;
    Object value = scene.site().isLive(slot) ? scene.failure().localsAtStart()[slot] : null;
    return value == null ? null : (operands, original) -> value;
  }

  private static @Nullable Operator prefix(Scene scene) {
    if (scene.kind() != Kind.PARSE
        || !isOfNumberType(scene.instruction())
        || !(scene.instruction() instanceof MethodInsnNode call)
        || !(scene.operand(0) instanceof String text)) {
      return null;
    }
    boolean decimal = call.owner.equals("java/lang/Double") || call.owner.equals("java/lang/Float");
    String number = NumberPrefix.of(text, decimal);
    return number.isEmpty() ? null : replacing(0, number);
  }

  private static boolean isOfNumberType(@Nullable AbstractInsnNode node) {
    return node instanceof MethodInsnNode call && call.owner.startsWith("java/lang/");
  }

  private static @Nullable Operator converted(Scene scene) {
    if (scene.kind() != Kind.CAST || !(scene.instruction() instanceof TypeInsnNode cast)) {
      return null;
    }
    Object value = Conversions.to(cast.desc, scene.operand(0));
    return value == null ? null : (operands, original) -> value;
  }

  private static Operator replacing(int position, Object value) {
    return (operands, original) -> {
      @Nullable Object[] changed = operands.clone();
      changed[position] = value;
      return original.proceed(changed);
    };
  }
}
