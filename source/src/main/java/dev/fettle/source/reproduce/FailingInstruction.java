package dev.fettle.source.reproduce;

import dev.fettle.contract.model.CapturedFrame;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/** Finds the instruction of a method at which a frame stood when the exception passed. */
final class FailingInstruction {
  private static final Pattern INVOKE =
      Pattern.compile("Cannot invoke \"[^\"]*?([\\w$<>]+)\\([^\"]*\\)\"");

  private static final Pattern RETURNED =
      Pattern.compile("because the return value of \"([\\w.$]+)\\.([\\w$]+)\\(");
  private static final Pattern VARIABLE = Pattern.compile("because \"([\\w$]+)\" is null");

  private FailingInstruction() {}

  /** Empty when the line has no reachable code, as when the class file is another build's. */
  static Optional<Integer> of(Failure failure, int depth, MethodFlow flow) {
    CapturedFrame frame = failure.frame(depth);
    List<Integer> line = flow.at(frame.line());
    if (line.isEmpty()) {
      return Optional.empty();
    }
    Optional<CapturedFrame> inner = failure.calledBy(depth);
    if (inner.isPresent()) {
      String called = inner.get().method();
      Optional<Integer> call =
          line.stream().filter(i -> calls(flow.instruction(i), called)).findFirst();
      return Optional.of(call.orElseGet(() -> lastCall(flow, line)));
    }
    return Optional.of(thrownHere(failure, flow, line));
  }

  private static boolean calls(AbstractInsnNode insn, String method) {
    return insn instanceof MethodInsnNode call && call.name.equals(method);
  }

  private static int lastCall(MethodFlow flow, List<Integer> line) {
    return line.stream()
        .filter(i -> flow.instruction(i) instanceof MethodInsnNode)
        .reduce((a, b) -> b)
        .orElse(line.get(line.size() - 1));
  }

  private static int thrownHere(Failure failure, MethodFlow flow, List<Integer> line) {
    String message = String.valueOf(failure.thrown().message());
    String type = failure.thrown().type();
    List<Integer> fitting =
        line.stream().filter(i -> throwsIt(flow.instruction(i), type, message)).toList();
    return fitting.stream()
        .filter(i -> nulls(flow, i, message))
        .findFirst()
        .or(() -> fitting.stream().findFirst())
        .orElseGet(
            () ->
                line.stream()
                    .filter(i -> flow.instruction(i).getOpcode() == Opcodes.ATHROW)
                    .findFirst()
                    .orElseGet(() -> lastCall(flow, line)));
  }

  private static boolean throwsIt(AbstractInsnNode insn, String type, String message) {
    int op = insn.getOpcode();
    return switch (type) {
      case "java.lang.NullPointerException" -> dereferences(insn, message);
      case "java.lang.ArrayIndexOutOfBoundsException" -> loadsOrStores(op);
      case "java.lang.ArithmeticException" ->
          op == Opcodes.IDIV || op == Opcodes.IREM || op == Opcodes.LDIV || op == Opcodes.LREM;
      case "java.lang.ClassCastException" -> op == Opcodes.CHECKCAST;
      case "java.lang.NegativeArraySizeException" ->
          op == Opcodes.NEWARRAY || op == Opcodes.ANEWARRAY || op == Opcodes.MULTIANEWARRAY;
      default -> op == Opcodes.ATHROW;
    };
  }

  private static boolean dereferences(AbstractInsnNode insn, String message) {
    int op = insn.getOpcode();
    Matcher invoke = INVOKE.matcher(message);
    if (invoke.find()) {
      return op != Opcodes.INVOKESTATIC && calls(insn, invoke.group(1));
    }
    if (message.startsWith("Cannot read field")) {
      return op == Opcodes.GETFIELD;
    }
    if (message.startsWith("Cannot assign field")) {
      return op == Opcodes.PUTFIELD;
    }
    if (message.startsWith("Cannot load from") || message.startsWith("Cannot store to")) {
      return loadsOrStores(op);
    }
    if (message.startsWith("Cannot read the array length")) {
      return op == Opcodes.ARRAYLENGTH;
    }
    return insn instanceof MethodInsnNode
        && op != Opcodes.INVOKESTATIC
        && !(insn instanceof InvokeDynamicInsnNode);
  }

  /** Whether the receiver is what the message says was null. */
  private static boolean nulls(MethodFlow flow, int index, String message) {
    Matcher returned = RETURNED.matcher(message);
    Matcher variable = VARIABLE.matcher(message);
    if (!(flow.instruction(index) instanceof MethodInsnNode call)) {
      return false;
    }
    List<Sym> top = flow.top(index, Type.getArgumentTypes(call.desc).length + 1);
    Sym receiver = top.isEmpty() ? new Sym.Unknown(1) : top.get(0).bare();
    if (returned.find()) {
      return receiver instanceof Sym.Result r
          && r.call.name.equals(returned.group(2))
          && r.call.owner.replace('/', '.').endsWith(returned.group(1));
    }
    return variable.find()
        && flow.local(index, variable.group(1)).map(s -> s.bare().equals(receiver)).orElse(false);
  }

  static boolean loadsOrStores(int op) {
    return (op >= Opcodes.IALOAD && op <= Opcodes.SALOAD)
        || (op >= Opcodes.IASTORE && op <= Opcodes.SASTORE);
  }
}
