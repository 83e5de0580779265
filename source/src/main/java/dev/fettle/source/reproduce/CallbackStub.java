package dev.fettle.source.reproduce;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.MethodNode;

/**
 * A stubbed call that runs the function it is given, as {@code JdbcTemplate.query} runs its row
 * mapper, with the arguments that the function was seen with.
 */
final class CallbackStub {
  private final Values values;
  private final Values.Setting setting;
  private final TestCode code;

  CallbackStub(Values values, Values.Setting setting) {
    this.values = values;
    this.setting = setting;
    this.code = setting.code();
  }

  boolean write(String variable, Known.Method method, Known.Ran ran, String matchers) {
    List<JavaType> types = JavaType.parameters(method.descriptor(), Map.of());
    JavaType function = types.get(ran.argument());
    Optional<MethodNode> single = single(function);
    if (single.isEmpty() || !code.accessible(function)) {
      return false;
    }
    List<String> arguments = arguments(single.get(), ran);
    String name = code.variable("function");
    String call = name + "." + single.get().name + "(" + String.join(", ", arguments) + ")";
    String invocation = code.variable("call");
    code.add(code.staticMethod("org/mockito/Mockito", "doAnswer") + "(" + invocation + " -> {");
    code.add(
        "  "
            + code.write(function)
            + " "
            + name
            + " = "
            + invocation
            + ".getArgument("
            + ran.argument()
            + ");");
    finish(method, single.get(), call);
    code.add("}).when(" + variable + ")." + method.name() + "(" + matchers + ");");
    return true;
  }

  private List<String> arguments(MethodNode single, Known.Ran ran) {
    List<JavaType> wanted = JavaType.parameters(single.desc, Map.of());
    List<JavaType> own = JavaType.parameters(ran.implementation().descriptor(), Map.of());
    int first = own.size() - wanted.size();
    List<String> all = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      JavaType type = first + i >= 0 && first + i < own.size() ? own.get(first + i) : wanted.get(i);
      Slot slot = new Slot(ran.slots().owner(), String.valueOf(first + i));
      Known known = i < ran.parameters().size() ? ran.parameters().get(i) : new Known.Plausible();
      Expr e =
          known instanceof Known.Seen seen
              ? values.value(seen.value(), type, type.simpleName(), slot)
              : values.stubs().known(known, type, type.simpleName());
      all.add(e.code());
    }
    return all;
  }

  private void finish(Known.Method method, MethodNode single, String call) {
    JavaType result = JavaType.returned(method.descriptor(), Map.of());
    if (single.desc.endsWith(")V")) {
      code.add("  " + call + ";");
      code.add("  return null;");
    } else if (result.isVoid()) {
      code.add("  " + call + ";");
      code.add("  return null;");
    } else if (result.is("java/util/List") || result.is("java/util/Collection")) {
      code.add("  return " + code.name("java/util/Collections") + ".singletonList(" + call + ");");
    } else if (result.is("java/util/stream/Stream")) {
      code.add("  return " + code.name("java/util/stream/Stream") + ".of(" + call + ");");
    } else if (result.is("java/util/Optional")) {
      code.add("  return " + code.name("java/util/Optional") + ".ofNullable(" + call + ");");
    } else if (!result.internal().startsWith("java/")
        && !result.primitive()
        && !result.open()
        && result.dims() == 0
        && code.accessible(result)
        && !returns(single, result)) {
      code.add("  " + call + ";");
      code.add(
          "  return "
              + code.staticMethod("org/mockito/Mockito", "mock")
              + "("
              + code.raw(result)
              + ".class);");
    } else {
      code.add("  return " + call + ";");
    }
  }

  /** Whether what the function gives is what the call returns, and not a further step. */
  private boolean returns(MethodNode function, JavaType result) {
    String given = JavaType.returned(function.desc, Map.of()).internal();
    return setting.classes().subtype(given, result.internal());
  }

  /** The only abstract method of a functional interface. */
  private Optional<MethodNode> single(JavaType function) {
    List<MethodNode> all =
        setting.classes().supertypes(function.internal()).stream()
            .flatMap(t -> setting.classes().find(t).stream())
            .filter(c -> (c.access & Opcodes.ACC_INTERFACE) != 0)
            .flatMap(c -> c.methods.stream())
            .filter(m -> (m.access & Opcodes.ACC_ABSTRACT) != 0 && !m.name.equals("equals"))
            .toList();
    return all.stream().findFirst();
  }
}
