package dev.fettle.source.reproduce;

import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.contract.model.CapturedValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/** What the exception itself tells of operands that no variable held. */
final class ThrownValue {
  private static final List<Pattern> TEXTS =
      List.of(
          Pattern.compile("^For input string: \"(.*?)\"(?: under radix .*)?$", Pattern.DOTALL),
          Pattern.compile("^Text '(.*)' could not be parsed.*$", Pattern.DOTALL),
          Pattern.compile("^Unparseable date: \"(.*)\"$", Pattern.DOTALL),
          Pattern.compile("^No enum constant [\\w.$]+\\.([^.]*)$"),
          Pattern.compile("^Invalid UUID string: (.*)$", Pattern.DOTALL));
  private static final Pattern CAST = Pattern.compile("^class ([\\w.$]+) cannot be cast to .*");
  private static final Pattern INDEX = Pattern.compile("[Ii]ndex:? (-?\\d+)");
  private static final Pattern EMPTY = Pattern.compile("for length 0$|Size: 0$|size 0$");
  private static final Pattern LIST =
      Pattern.compile(
          "java\\.util\\.(ArrayList|LinkedList|Arrays\\$ArrayList|Collections\\$EmptyList|ImmutableCollections\\$ListN)");
  private static final Pattern NUMBER = Pattern.compile("^(-\\d+)");

  private final Failure failure;
  private final MethodFlow flow;
  private final int at;

  ThrownValue(Failure failure, MethodFlow flow, int at) {
    this.failure = failure;
    this.flow = flow;
    this.at = at;
  }

  /** Operands with what is known of each. */
  Map<Sym, Known> claims() {
    String message = failure.thrown().message() == null ? "" : failure.thrown().message();
    AbstractInsnNode insn = flow.instruction(at);
    Map<Sym, Known> claims = new LinkedHashMap<>();
    switch (failure.thrown().type()) {
      case "java.lang.NullPointerException" -> nulls(insn, claims);
      case "java.lang.ArithmeticException" -> zero(insn, claims);
      case "java.lang.ClassCastException" -> cast(message, claims);
      case "java.lang.NegativeArraySizeException" -> number(NUMBER, message, claims);
      case "java.lang.ArrayIndexOutOfBoundsException" -> {
        number(INDEX, message, claims);
        nothing(insn, message, claims);
      }
      case "java.lang.IndexOutOfBoundsException" -> nothing(insn, message, claims);
      default -> parsed(insn, message, claims);
    }
    return claims;
  }

  private void nulls(AbstractInsnNode insn, Map<Sym, Known> claims) {
    Optional<CapturedFrame> inner = failure.calledBy(0);
    if (insn instanceof MethodInsnNode call) {
      int count = Type.getArgumentTypes(call.desc).length;
      boolean isStatic = call.getOpcode() == Opcodes.INVOKESTATIC;
      if (inner.isEmpty() && !isStatic) {
        claims.put(flow.top(at, count + 1).get(0), new Known.Nothing());
      } else if (inner.isPresent()) {
        List<Sym> references = flow.top(at, count).stream().filter(s -> s.getSize() == 1).toList();
        if (references.size() == 1) {
          claims.put(references.get(0), new Known.Nothing());
        }
      }
      return;
    }
    int operands =
        switch (insn.getOpcode()) {
          case Opcodes.GETFIELD, Opcodes.ARRAYLENGTH, Opcodes.MONITORENTER, Opcodes.ATHROW -> 1;
          case Opcodes.IASTORE,
              Opcodes.LASTORE,
              Opcodes.FASTORE,
              Opcodes.DASTORE,
              Opcodes.AASTORE,
              Opcodes.BASTORE,
              Opcodes.CASTORE,
              Opcodes.SASTORE ->
              3;
          default -> FailingInstruction.loadsOrStores(insn.getOpcode()) ? 2 : 0;
        };
    if (insn.getOpcode() == Opcodes.PUTFIELD) {
      operands = 2;
    }
    if (operands > 0) {
      claims.put(flow.top(at, operands).get(0), new Known.Nothing());
    }
  }

  private void zero(AbstractInsnNode insn, Map<Sym, Known> claims) {
    boolean divides =
        insn instanceof MethodInsnNode call && call.owner.equals("java/math/BigDecimal");
    if (divides) {
      int count = Type.getArgumentTypes(((MethodInsnNode) insn).desc).length;
      if (count > 0) {
        claims.put(flow.top(at, count).get(0), seen("java.math.BigDecimal", "0"));
      }
    } else if (insn.getOpcode() == Opcodes.IDIV || insn.getOpcode() == Opcodes.IREM) {
      claims.put(flow.top(at, 1).get(0), seen("int", "0"));
    } else if (insn.getOpcode() == Opcodes.LDIV || insn.getOpcode() == Opcodes.LREM) {
      claims.put(flow.top(at, 1).get(0), seen("long", "0"));
    }
  }

  private void cast(String message, Map<Sym, Known> claims) {
    Matcher m = CAST.matcher(message);
    if (m.matches() && flow.instruction(at).getOpcode() == Opcodes.CHECKCAST) {
      CapturedValue value = new CapturedValue.Opaque(m.group(1), "named by the exception only");
      claims.put(flow.top(at, 1).get(0), new Known.Seen(value, m.group(1).replace('.', '/')));
    }
  }

  private void number(Pattern pattern, String message, Map<Sym, Known> claims) {
    Matcher m = pattern.matcher(message);
    int op = flow.instruction(at).getOpcode();
    boolean stores = op >= Opcodes.IASTORE && op <= Opcodes.SASTORE;
    if (m.find()) {
      List<Sym> top = flow.top(at, stores ? 2 : 1);
      if (!top.isEmpty()) {
        claims.put(top.get(0), seen("int", m.group(1)));
      }
    }
  }

  /** A list that had nothing in it throws in its own way: which one it was, its frame tells. */
  private void nothing(AbstractInsnNode insn, String message, Map<Sym, Known> claims) {
    Optional<CapturedFrame> inner = failure.calledBy(0);
    if (insn instanceof MethodInsnNode call
        && call.getOpcode() != Opcodes.INVOKESTATIC
        && call.owner.startsWith("java/util/")
        && inner.isPresent()
        && LIST.matcher(inner.get().className()).matches()
        && EMPTY.matcher(message).find()) {
      int count = Type.getArgumentTypes(call.desc).length;
      String type = inner.get().className();
      claims.put(
          flow.top(at, count + 1).get(0),
          new Known.Seen(new CapturedValue.Sequence(type, 0, List.of()), ""));
    }
  }

  /** The exception quotes the text that could not be parsed. */
  private void parsed(AbstractInsnNode insn, String message, Map<Sym, Known> claims) {
    if (!(insn instanceof MethodInsnNode call)) {
      return;
    }
    for (Pattern p : TEXTS) {
      Matcher m = p.matcher(message);
      Type[] types = Type.getArgumentTypes(call.desc);
      if (m.matches()) {
        List<Sym> passed = flow.top(at, types.length);
        for (int i = 0; i < types.length; i++) {
          boolean text =
              types[i].getInternalName().equals("java/lang/String")
                  || types[i].getDescriptor().equals("Ljava/lang/CharSequence;");
          if (text) {
            String quoted = m.group(1);
            claims.put(
                passed.get(i),
                new Known.Seen(
                    new CapturedValue.Text("java.lang.String", quoted, quoted.length()), ""));
            return;
          }
        }
      }
    }
  }

  private static Known seen(String type, String text) {
    return new Known.Seen(new CapturedValue.Scalar(type, text), "");
  }
}
