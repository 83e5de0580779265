package dev.fettle.source.reproduce;

import dev.fettle.contract.model.CapturedValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

/** Builds objects so that their fields hold what was captured. */
final class Objects {
  private final Values values;
  private final TestCode code;
  private final ClassPool classes;

  Objects(Values values, Values.Setting setting) {
    this.values = values;
    this.code = setting.code();
    this.classes = setting.classes();
  }

  /** An object of the captured class, in a variable. */
  Expr build(CapturedValue.Composite value, JavaType target, String hint) {
    String internal = Proxies.target(value.type()).replace('.', '/');
    ClassShape shape = shape(internal);
    if (shape.isAbstract()) {
      throw new NotBuildable("abstract: " + internal);
    }
    Map<String, CapturedValue> fields = new LinkedHashMap<>();
    for (CapturedValue.Field f : value.fields()) {
      fields.putIfAbsent(f.name(), f.value());
    }
    JavaType type = typed(internal, target);
    String name = hint.isEmpty() ? type.simpleName() : hint;
    if (!code.accessible(type)) {
      return new Creation(this, shape, type, fields, name).byReflection();
    }
    return new Creation(this, shape, type, fields, name).write();
  }

  /** An object with plausible field values. */
  Expr standIn(JavaType type, String hint) {
    ClassShape shape = shape(type.internal());
    if (shape.isAbstract()) {
      throw new NotBuildable("abstract: " + type.binaryName());
    }
    Map<String, CapturedValue> fields = new LinkedHashMap<>();
    shape
        .fields()
        .forEach(
            (name, f) -> {
              String binary = JavaType.parse(f.desc).binaryName();
              boolean plain = f.desc.length() > 1 && !f.desc.startsWith("[");
              if (plain) {
                fields.put(name, new CapturedValue.Opaque(binary, "not captured"));
              }
            });
    return new Creation(this, shape, type, fields, hint).write();
  }

  private ClassShape shape(String internal) {
    ClassNode node =
        classes.find(internal).orElseThrow(() -> new NotBuildable("unknown class " + internal));
    return new ClassShape(node, classes);
  }

  private JavaType typed(String internal, JavaType target) {
    return target.is(internal) ? target : JavaType.of(internal);
  }

  /** One object being made. */
  private static final class Creation {
    private final Values values;
    private final TestCode code;
    private final ClassPool classes;
    private final ClassShape shape;
    private final JavaType type;
    private final Map<String, CapturedValue> seen;
    private final Map<String, FieldNode> declared;
    private final Map<String, MethodNode> setters;
    private final String hint;

    Creation(
        Objects objects,
        ClassShape shape,
        JavaType type,
        Map<String, CapturedValue> seen,
        String hint) {
      this.values = objects.values;
      this.code = objects.code;
      this.classes = objects.classes;
      this.shape = shape;
      this.type = type;
      this.seen = seen;
      this.declared = shape.fields();
      this.setters = setters(shape);
      this.hint = hint;
    }

    private Map<String, MethodNode> setters(ClassShape of) {
      Map<String, MethodNode> open = new LinkedHashMap<>();
      of.setters()
          .forEach(
              (f, m) -> {
                if (open(m.access)) {
                  open.put(f, m);
                }
              });
      return open;
    }

    /** A constructor or factory with the fields that its parameters fill. */
    private record Way(
        MethodNode method, boolean factory, List<@Nullable String> fields, int cost) {}

    Expr write() {
      if (shape.inner()) {
        throw new NotBuildable("inner class " + type.binaryName());
      }
      Optional<Expr> built = builder();
      Way best = null;
      for (Way way : ways()) {
        if (best == null || way.cost() < best.cost()) {
          best = way;
        }
      }
      if (built.isPresent() && (best == null || best.cost() >= 10)) {
        return built.get();
      }
      if (best == null) {
        return byReflection();
      }
      return through(best);
    }

    private List<Way> ways() {
      List<Way> all = new ArrayList<>();
      for (MethodNode c : shape.constructors()) {
        if (open(c.access)) {
          all.add(way(c, false, shape.filledBy(c)));
        }
      }
      for (MethodNode f : shape.factories()) {
        boolean simple = !f.name.contains("$") && open(f.access);
        if (simple) {
          Way way = way(f, true, shape.filledByFactory(f));
          boolean all1 = way.fields().stream().noneMatch(java.util.Objects::isNull);
          if (all1 && !way.fields().isEmpty()) {
            all.add(way);
          }
        }
      }
      return all;
    }

    private boolean open(int access) {
      boolean samePackage = ClassPool.packageOf(type.internal()).equals(code.packageName());
      return (access & Opcodes.ACC_PUBLIC) != 0
          || (samePackage && (access & Opcodes.ACC_PRIVATE) == 0);
    }

    /** Fields left to reflection weigh most, then parameters that nothing is known of. */
    private Way way(MethodNode method, boolean factory, List<@Nullable String> filled) {
      Set<String> given = new HashSet<>();
      int unknown = 0;
      for (String f : filled) {
        if (f == null || !seen.containsKey(f)) {
          unknown++;
        } else {
          given.add(f);
        }
      }
      int left = 0;
      int set = 0;
      for (Map.Entry<String, CapturedValue> e : seen.entrySet()) {
        if (!given.contains(e.getKey()) && wanted(method, factory, e.getKey(), e.getValue())) {
          if (setters.containsKey(e.getKey())) {
            set++;
          } else {
            left++;
          }
        }
      }
      return new Way(
          method, factory, filled, left * 20 + unknown * 10 + Math.min(9, set) + (factory ? 1 : 0));
    }

    /** Whether a field must be given its value after construction. */
    private boolean wanted(MethodNode method, boolean factory, String field, CapturedValue value) {
      FieldNode node = declared.get(field);
      if (node == null || value instanceof CapturedValue.Null) {
        return false;
      }
      if (value instanceof CapturedValue.Scalar s && node.desc.length() == 1) {
        if (s.text().equals("0") || s.text().equals("false") || s.text().equals("0.0")) {
          return factory || shape.initial(method, field).isPresent();
        }
      }
      Optional<Sym> initial = factory ? Optional.empty() : shape.initial(method, field);
      if (initial.isEmpty()) {
        return true;
      }
      if (initial.get().bare() instanceof Sym.Constant c
          && value instanceof CapturedValue.Scalar s) {
        return !String.valueOf(c.value()).equals(s.text());
      }
      if (initial.get().bare() instanceof Sym.Constant c && value instanceof CapturedValue.Text t) {
        return !t.text().equals(c.value());
      }
      boolean empty =
          (value instanceof CapturedValue.Sequence q && q.size() == 0)
              || (value instanceof CapturedValue.Mapping m && m.size() == 0);
      boolean machinery =
          value instanceof CapturedValue.Opaque
              || (value instanceof CapturedValue.Composite o
                  && (!classes.application(o.type().replace('.', '/')) || o.fields().isEmpty()));
      return !empty && !machinery;
    }

    private Expr through(Way way) {
      Set<String> given = new HashSet<>();
      List<String> arguments = new ArrayList<>();
      List<JavaType> types = parameterTypes(way.method());
      for (int i = 0; i < types.size(); i++) {
        String field = way.fields().get(i);
        CapturedValue value = field == null ? null : seen.get(field);
        Expr e;
        if (field != null && value != null) {
          e = values.value(value, types.get(i), field, slot(field));
          given.add(field);
        } else {
          e =
              types.get(i).primitive()
                  ? StandIns.zero(types.get(i))
                  : argument(way.method(), i, types.get(i));
        }
        arguments.add(values.fit(castNull(e, types.get(i)), types.get(i)).code());
      }
      String raw = code.raw(type);
      boolean generic = code.writesArguments(type);
      String call =
          way.factory()
              ? raw + "." + way.method().name + "("
              : "new " + raw + (generic ? "<>" : "") + "(";
      String variable = code.declare(type, hint, call + String.join(", ", arguments) + ")");
      rest(way, given, variable);
      return new Expr(variable, type);
    }

    private Expr argument(MethodNode method, int index, JavaType parameter) {
      List<String> names = ClassShape.parameterNames(method);
      String name =
          index < names.size() && !names.get(index).isEmpty()
              ? names.get(index)
              : parameter.simpleName();
      try {
        return values.standIn(parameter, name);
      } catch (NotBuildable e) {
        return Expr.NULL;
      }
    }

    /** A bare null could fit two constructors. */
    private Expr castNull(Expr e, JavaType parameter) {
      boolean ambiguous =
          e.isNull() && shape.constructors().size() > 1 && code.accessible(parameter);
      return ambiguous ? new Expr("(" + code.raw(parameter) + ") null", parameter) : e;
    }

    private List<JavaType> parameterTypes(MethodNode method) {
      Map<String, JavaType> bound = bound();
      List<JavaType> erased = JavaType.parameters(method.desc, Map.of());
      if (method.signature == null) {
        return erased;
      }
      List<JavaType> generic = JavaType.parameters(method.signature, bound);
      if (generic.size() != erased.size()) {
        return erased;
      }
      List<JavaType> all = new ArrayList<>();
      for (int i = 0; i < erased.size(); i++) {
        boolean same = generic.get(i).internal().equals(erased.get(i).internal());
        boolean erase = !same && generic.get(i).open() && !erased.get(i).isObject();
        all.add(erase ? erased.get(i) : generic.get(i));
      }
      return all;
    }

    /** Type parameters of the class bound to the arguments that the target gives. */
    private Map<String, JavaType> bound() {
      String signature = shape.node.signature;
      if (signature == null || !signature.startsWith("<") || type.arguments().isEmpty()) {
        return Map.of();
      }
      Map<String, JavaType> all = new LinkedHashMap<>();
      java.util.regex.Matcher m =
          java.util.regex.Pattern.compile("(?:^<|;)(\\w+)::?").matcher(signature);
      for (int i = 0; i < type.arguments().size() && m.find(); i++) {
        all.put(m.group(1), type.arguments().get(i));
      }
      return all;
    }

    /** Setters, then reflection, for what construction did not give. */
    private void rest(Way way, Set<String> given, String variable) {
      for (Map.Entry<String, CapturedValue> e : seen.entrySet()) {
        String field = e.getKey();
        FieldNode node = declared.get(field);
        boolean open = node != null && !given.contains(field);
        if (open && node != null && wanted(way.method(), way.factory(), field, e.getValue())) {
          assign(variable, field, node, e.getValue());
        }
      }
    }

    private void assign(String variable, String field, FieldNode node, CapturedValue value) {
      JavaType fieldType = fieldType(node);
      Expr e;
      try {
        e = values.value(value, fieldType, field, slot(field));
      } catch (NotBuildable lost) {
        code.note(
            "The field "
                + field
                + " of "
                + type.simpleName()
                + " is lost: "
                + lost.getMessage()
                + ".");
        return;
      }
      MethodNode setter = setters.get(field);
      boolean open = (node.access & (Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL)) == Opcodes.ACC_PUBLIC;
      if (setter != null) {
        JavaType parameter = JavaType.parameters(setter.desc, Map.of()).get(0);
        code.add(variable + "." + setter.name + "(" + values.fit(e, parameter).code() + ");");
      } else if (open) {
        code.add(variable + "." + field + " = " + e.code() + ";");
      } else {
        reflect(variable, field, e);
      }
    }

    private void reflect(String variable, String field, Expr e) {
      String owner = owner(field);
      if (owner.startsWith("java/") || "java/lang/Record".equals(shape.node.superName)) {
        throw new NotBuildable("cannot set " + field + " of " + owner);
      }
      code.need(TestCode.Aid.SET_FIELD);
      code.note("The field " + field + " of " + type.simpleName() + " is set by reflection.");
      code.add(
          "set(" + variable + ", " + classOf(owner) + ", \"" + field + "\", " + e.code() + ");");
    }

    private String classOf(String internal) {
      return code.accessible(JavaType.of(internal))
          ? code.raw(JavaType.of(internal)) + ".class"
          : "Class.forName(\"" + internal.replace('/', '.') + "\")";
    }

    private String owner(String field) {
      for (String t : classes.supertypes(type.internal())) {
        Optional<ClassNode> c = classes.find(t);
        if (c.isPresent() && c.get().fields.stream().anyMatch(f -> f.name.equals(field))) {
          return t;
        }
      }
      return type.internal();
    }

    private JavaType fieldType(FieldNode node) {
      return JavaType.parse(node.signature == null ? node.desc : node.signature, bound());
    }

    private Slot slot(String field) {
      return Slot.field(owner(field), field);
    }

    /** {@code Type.builder().field(value)....build()}. */
    private Optional<Expr> builder() {
      for (MethodNode m : shape.node.methods) {
        boolean start =
            (m.access & Opcodes.ACC_STATIC) != 0
                && open(m.access)
                && m.desc.startsWith("()L")
                && m.name.toLowerCase(java.util.Locale.ROOT).endsWith("builder");
        if (start) {
          String builder = Type.getReturnType(m.desc).getInternalName();
          Optional<Expr> e = builtBy(code.raw(type) + "." + m.name + "()", builder);
          if (e.isPresent()) {
            return e;
          }
        }
      }
      String nested = type.internal() + "$Builder";
      boolean creatable =
          classes.accessible(nested, code.packageName())
              && classes.find(nested).stream()
                  .flatMap(c -> c.methods.stream())
                  .anyMatch(c -> c.name.equals("<init>") && c.desc.equals("()V") && open(c.access));
      return creatable ? builtBy("new " + code.name(nested) + "()", nested) : Optional.empty();
    }

    private Optional<Expr> builtBy(String start, String builder) {
      Optional<ClassNode> c = classes.find(builder);
      Optional<MethodNode> build =
          c.stream()
              .flatMap(x -> x.methods.stream())
              .filter(m -> m.desc.equals("()L" + type.internal() + ";") && open(m.access))
              .findFirst();
      if (c.isEmpty() || build.isEmpty() || !wholeBuilder(c.get())) {
        return Optional.empty();
      }
      StringBuilder chain = new StringBuilder(start);
      for (Map.Entry<String, CapturedValue> e : seen.entrySet()) {
        Optional<MethodNode> step = step(c.get(), e.getKey());
        FieldNode node = declared.get(e.getKey());
        if (step.isPresent() && node != null && !(e.getValue() instanceof CapturedValue.Null)) {
          JavaType parameter = JavaType.parameters(step.get().desc, Map.of()).get(0);
          JavaType fieldType = fieldType(node);
          JavaType wanted =
              fieldType.internal().equals(parameter.internal()) ? fieldType : parameter;
          Expr value = values.value(e.getValue(), wanted, e.getKey(), slot(e.getKey()));
          chain
              .append("\n        .")
              .append(step.get().name)
              .append("(")
              .append(value.code())
              .append(")");
        }
      }
      chain.append("\n        .").append(build.get().name).append("()");
      return Optional.of(new Expr(code.declare(type, hint, chain.toString()), type));
    }

    /** Whether the builder takes every field that has a value. */
    private boolean wholeBuilder(ClassNode builder) {
      return seen.entrySet().stream()
          .filter(e -> declared.containsKey(e.getKey()))
          .filter(e -> !(e.getValue() instanceof CapturedValue.Null))
          .allMatch(e -> step(builder, e.getKey()).isPresent());
    }

    private Optional<MethodNode> step(ClassNode builder, String field) {
      return builder.methods.stream()
          .filter(
              m -> (m.access & (Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC)) == 0 && open(m.access))
          .filter(m -> Type.getArgumentTypes(m.desc).length == 1)
          .filter(
              m ->
                  m.name.equals(field)
                      || m.name.equalsIgnoreCase("with" + field)
                      || m.name.equalsIgnoreCase("set" + field))
          .findFirst();
    }

    /** The last resort: a constructor that the test may not name, then the fields. */
    Expr byReflection() {
      MethodNode constructor =
          shape.constructors().stream()
              .min(java.util.Comparator.comparingInt(c -> way(c, false, shape.filledBy(c)).cost()))
              .orElseThrow(() -> new NotBuildable("no constructor: " + type.binaryName()));
      List<@Nullable String> filled = shape.filledBy(constructor);
      List<JavaType> types = JavaType.parameters(constructor.desc, Map.of());
      List<String> classesOf = new ArrayList<>();
      List<String> arguments = new ArrayList<>();
      Set<String> given = new HashSet<>();
      for (int i = 0; i < types.size(); i++) {
        String field = filled.get(i);
        CapturedValue value = field == null ? null : seen.get(field);
        if (field != null && value != null) {
          given.add(field);
        }
        Expr e =
            field != null && value != null
                ? values.value(value, types.get(i), field, slot(field))
                : types.get(i).primitive()
                    ? StandIns.zero(types.get(i))
                    : argument(constructor, i, types.get(i));
        String as = types.get(i).primitive() ? code.raw(types.get(i)) : "Object";
        boolean cast = types.get(i).primitive() || types.size() == 1;
        arguments.add(cast ? "(" + as + ") " + e.code() : e.code());
        classesOf.add(
            types.get(i).primitive() || types.get(i).dims() > 0
                ? code.raw(types.get(i)) + ".class"
                : classOf(types.get(i).internal()));
      }
      code.need(TestCode.Aid.CONSTRUCT);
      code.note(type.simpleName() + " is made by reflection.");
      boolean nameable = code.accessible(type);
      String made =
          "construct("
              + classOf(type.internal())
              + ", new Class<?>[] {"
              + String.join(", ", classesOf)
              + "}"
              + (arguments.isEmpty() ? "" : ", " + String.join(", ", arguments))
              + ")";
      JavaType as = nameable ? type : JavaType.OBJECT;
      String variable =
          code.declare(as, hint, (nameable ? "(" + code.write(type) + ") " : "") + made);
      for (Map.Entry<String, CapturedValue> e : seen.entrySet()) {
        if (!given.contains(e.getKey()) && wanted(constructor, false, e.getKey(), e.getValue())) {
          FieldNode node = declared.get(e.getKey());
          if (node != null) {
            reflect(
                variable,
                e.getKey(),
                values.value(e.getValue(), fieldType(node), e.getKey(), slot(e.getKey())));
          }
        }
      }
      return new Expr(variable, as);
    }
  }
}
