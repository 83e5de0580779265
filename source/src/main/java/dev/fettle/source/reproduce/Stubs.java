package dev.fettle.source.reproduce;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/** Writes collaborators that return what was seen: Mockito mocks, or proxies without it. */
final class Stubs {
  private static final String MOCKITO = "org/mockito/Mockito";
  private static final String MATCHERS = "org/mockito/ArgumentMatchers";

  private final Values values;
  private final Values.Setting setting;
  private final TestCode code;
  private final ClassPool classes;

  Stubs(Values values, Values.Setting setting) {
    this.values = values;
    this.setting = setting;
    this.code = setting.code();
    this.classes = setting.classes();
  }

  /** A stub in a variable. */
  Expr stub(JavaType type, String hint, Map<Known.Method, List<Known>> results) {
    ClassNode c =
        classes
            .find(type.internal())
            .orElseThrow(() -> new NotBuildable("unknown type " + type.binaryName()));
    if (type.dims() > 0 || !code.accessible(type) || type.internal().startsWith("java/lang/")) {
      throw new NotBuildable("cannot stub " + type.binaryName());
    }
    Pool pool = setting.pool();
    if (pool != null && pool.owner().equals(type.internal())) {
      return new PoolStub(this, code).write(pool, type, hint);
    }
    boolean isFinal = (c.access & Opcodes.ACC_FINAL) != 0;
    if (setting.style().mockito() >= 5 || (setting.style().mockito() > 0 && !isFinal)) {
      return mock(type, hint, results);
    }
    if ((c.access & Opcodes.ACC_INTERFACE) != 0) {
      return new ProxyStub(values, setting).write(type, hint, results);
    }
    throw new NotBuildable("no Mockito to stub the class " + type.binaryName());
  }

  private Expr mock(JavaType type, String hint, Map<Known.Method, List<Known>> results) {
    String created = code.staticMethod(MOCKITO, "mock") + "(" + code.raw(type) + ".class)";
    String variable = code.declare(type, hint, created);
    Set<String> said = new LinkedHashSet<>();
    results.forEach(
        (method, answers) -> {
          if (answer(variable, method, answers)) {
            said.add(method.name());
          }
        });
    code.note(
        hint
            + " is a stub"
            + (said.isEmpty() ? "." : " that answers " + String.join(", ", said) + "."));
    return new Expr(variable, type);
  }

  private boolean answer(String variable, Known.Method method, List<Known> answers) {
    Optional<MethodNode> declared = declared(method);
    if (declared.isEmpty() || !callable(method, declared.get())) {
      return false;
    }
    for (Known known : answers) {
      if (known instanceof Known.Ran ran) {
        return new CallbackStub(values, setting)
            .write(variable, method, ran, matchers(method, declared.get()));
      }
    }
    JavaType returned = returned(method, declared.get());
    if (returned.isVoid()) {
      return false;
    }
    List<String> codes = new ArrayList<>();
    for (Known known : distinct(answers)) {
      try {
        codes.add(known(known, returned, noun(method.name())).code());
      } catch (NotBuildable e) {
        code.note("No value could be made for " + method.name() + ": " + e.getMessage() + ".");
      }
    }
    if (codes.isEmpty()) {
      return false;
    }
    StringBuilder chain = new StringBuilder();
    for (String answered : codes) {
      chain.append(chain.length() == 0 ? code.staticMethod(MOCKITO, "doReturn") : ".doReturn");
      chain.append("(").append(answered.equals("null") ? "(Object) null" : answered).append(")");
    }
    code.add(
        chain
            + ".when("
            + variable
            + ")."
            + method.name()
            + "("
            + matchers(method, declared.get())
            + ");");
    return true;
  }

  private static List<Known> distinct(List<Known> answers) {
    List<Known> sure = answers.stream().filter(k -> k.weight() > 0).distinct().toList();
    return sure.isEmpty() ? answers.subList(0, 1) : sure;
  }

  /** A value known of a call's result. */
  Expr known(Known known, JavaType target, String hint) {
    if (known instanceof Known.Nothing) {
      return target.primitive() ? StandIns.zero(target) : Expr.NULL;
    }
    if (known instanceof Known.Seen seen) {
      JavaType as =
          target.isObject() && !seen.type().isEmpty() && !seen.type().startsWith("[")
              ? JavaType.of(seen.type())
              : target;
      return values.value(seen.value(), as, hint, Slot.NOWHERE);
    }
    if (known instanceof Known.Truth truth) {
      return new Expr(String.valueOf(truth.value()), JavaType.of("Z"));
    }
    if (known instanceof Known.Present present) {
      if (present.content() instanceof Known.Nothing) {
        return values.standIn(target, hint);
      }
      return values.sequences().present(known(present.content(), target.argument(0), hint), target);
    }
    if (known instanceof Known.Holding holding) {
      return holding(holding, target, hint);
    }
    if (known instanceof Known.Fluent fluent && !plainType(target)) {
      Map<Known.Method, List<Known>> results = new LinkedHashMap<>();
      fluent.results().forEach((method, result) -> results.put(method, List.of(result)));
      return stub(target, hint, results);
    }
    code.note("What " + hint + " returned is not known; a plausible value stands in.");
    return values.standIn(target, hint);
  }

  private boolean plainType(JavaType target) {
    return target.dims() > 0
        || target.unboxed().primitive()
        || target.internal().startsWith("java/");
  }

  private Expr holding(Known.Holding holding, JavaType target, String hint) {
    boolean stream = target.internal().equals("java/util/stream/Stream");
    boolean page = !target.internal().startsWith("java/") && target.dims() == 0;
    if (page) {
      throw new NotBuildable("no way to fill a " + target.binaryName());
    }
    JavaType element = target.dims() > 0 ? target.element() : target.argument(0);
    List<Expr> elements = new ArrayList<>();
    for (Known k : holding.elements()) {
      elements.add(known(k, element.open() ? JavaType.OBJECT : element, hint));
    }
    if (stream) {
      JavaType list = new JavaType("java/util/List", 0, target.arguments(), false);
      Expr all = values.sequences().holding(elements, list, hint);
      return new Expr("(" + all.code() + ").stream()", target);
    }
    return values.sequences().holding(elements, target, hint);
  }

  static String noun(String method) {
    for (String verb :
        List.of(
            "findAllBy", "findBy", "findAll", "find", "get", "load", "fetch", "query", "read")) {
      if (method.startsWith(verb) && method.length() > verb.length()) {
        return method.substring(verb.length());
      }
    }
    return method + "Result";
  }

  /** The declaration, looked up in supertypes. */
  Optional<MethodNode> declared(Known.Method method) {
    return classes.supertypes(method.owner()).stream()
        .flatMap(t -> classes.find(t).stream())
        .flatMap(c -> c.methods.stream())
        .filter(m -> m.name.equals(method.name()) && m.desc.equals(method.descriptor()))
        .findFirst();
  }

  private boolean callable(Known.Method method, MethodNode m) {
    boolean open =
        (m.access & Opcodes.ACC_PUBLIC) != 0
            || ((m.access & Opcodes.ACC_PRIVATE) == 0
                && ClassPool.packageOf(method.owner()).equals(code.packageName()));
    return open && (m.access & (Opcodes.ACC_STATIC | Opcodes.ACC_FINAL)) == 0;
  }

  /** The result type with its arguments where the declaration names them. */
  JavaType returned(Known.Method method, MethodNode m) {
    JavaType erased = JavaType.returned(method.descriptor(), Map.of());
    if (m.signature == null) {
      return erased;
    }
    JavaType generic = JavaType.returned(m.signature, Map.of());
    return generic.internal().equals(erased.internal()) ? generic : erased;
  }

  /** Loose matchers, cast where an overload would make them ambiguous. */
  String matchers(Known.Method method, MethodNode declared) {
    if (!method.arguments().isEmpty()) {
      return String.join(", ", method.arguments());
    }
    List<JavaType> types = JavaType.parameters(method.descriptor(), Map.of());
    List<JavaType> generic =
        JavaType.parameters(
            declared.signature == null ? method.descriptor() : declared.signature, Map.of());
    List<String> all = new ArrayList<>();
    boolean varargs = (declared.access & Opcodes.ACC_VARARGS) != 0;
    for (int i = 0; i < types.size(); i++) {
      JavaType t = types.get(i);
      String any = code.staticMethod(MATCHERS, matcher(t));
      boolean variable = generic.size() == types.size() && generic.get(i).open() && t.isObject();
      if (t.primitive() || variable) {
        all.add(any + "()");
      } else if (varargs && i == types.size() - 1) {
        all.add(
            setting.style().mockito() >= 5
                ? any + "(" + code.raw(t) + ".class)"
                : "(" + code.raw(t) + ") " + any + "()");
      } else {
        all.add("(" + code.raw(t) + ") " + any + "()");
      }
    }
    return String.join(", ", all);
  }

  private static String matcher(JavaType type) {
    if (!type.primitive()) {
      return "any";
    }
    return switch (type.internal()) {
      case "I" -> "anyInt";
      case "J" -> "anyLong";
      case "Z" -> "anyBoolean";
      case "D" -> "anyDouble";
      case "F" -> "anyFloat";
      case "C" -> "anyChar";
      case "B" -> "anyByte";
      default -> "anyShort";
    };
  }
}
