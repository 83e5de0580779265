package dev.fettle.source.reproduce;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.objectweb.asm.tree.MethodNode;

/** A stub of an interface by {@code java.lang.reflect.Proxy}, for projects without Mockito. */
final class ProxyStub {
  private final Values values;
  private final TestCode code;

  ProxyStub(Values values, Values.Setting setting) {
    this.values = values;
    this.code = setting.code();
  }

  Expr write(JavaType type, String hint, Map<Known.Method, List<Known>> results) {
    StringBuilder cases = new StringBuilder();
    results.forEach((method, answers) -> answer(method, answers).ifPresent(cases::append));
    String proxy = code.name("java/lang/reflect/Proxy");
    String raw = code.raw(type);
    code.need(TestCode.Aid.EMPTY);
    String variable = code.variable(hint);
    code.add(
        code.write(type) + " " + variable + " = (" + raw + ") " + proxy + ".newProxyInstance(");
    code.add("    " + raw + ".class.getClassLoader(), new Class<?>[] {" + raw + ".class},");
    code.add("    (proxy, method, arguments) -> {");
    cases.toString().lines().forEach(l -> code.add("      " + l));
    code.add("      return empty(proxy, method, arguments);");
    code.add("    });");
    code.note(hint + " is a proxy" + (cases.length() == 0 ? "." : " that returns what was seen."));
    return new Expr(variable, type);
  }

  private Optional<String> answer(Known.Method method, List<Known> answers) {
    Optional<MethodNode> declared = values.stubs().declared(method);
    if (declared.isEmpty()) {
      return Optional.empty();
    }
    JavaType returned = values.stubs().returned(method, declared.get());
    Known best = answers.stream().reduce((a, b) -> b.weight() >= a.weight() ? b : a).orElseThrow();
    if (returned.isVoid() || best instanceof Known.Ran) {
      return Optional.empty();
    }
    try {
      Expr e = values.stubs().known(best, returned, Stubs.noun(method.name()));
      return Optional.of(
          "if (method.getName().equals(\""
              + method.name()
              + "\")) {\n  return "
              + e.code()
              + ";\n}\n");
    } catch (NotBuildable e) {
      code.note("No value could be made for " + method.name() + ": " + e.getMessage() + ".");
      return Optional.empty();
    }
  }
}
