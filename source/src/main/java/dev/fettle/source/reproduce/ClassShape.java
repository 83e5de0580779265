package dev.fettle.source.reproduce;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.LocalVariableNode;
import org.objectweb.asm.tree.MethodNode;

/** What the class file says of how objects of one class get their field values. */
final class ClassShape {
  private static final int MAX_DEPTH = 6;

  final ClassNode node;
  private final ClassPool classes;
  private final Map<String, List<@Nullable String>> mappings = new HashMap<>();

  ClassShape(ClassNode node, ClassPool classes) {
    this.node = node;
    this.classes = classes;
  }

  boolean record() {
    return "java/lang/Record".equals(node.superName);
  }

  boolean isAbstract() {
    return (node.access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_INTERFACE)) != 0;
  }

  boolean isInterface() {
    return (node.access & Opcodes.ACC_INTERFACE) != 0;
  }

  /** Whether an outer instance is passed to the constructors. */
  boolean inner() {
    return node.fields.stream().anyMatch(f -> f.name.startsWith("this$"));
  }

  /** Instance fields, inherited ones after own. */
  Map<String, FieldNode> fields() {
    Map<String, FieldNode> all = new LinkedHashMap<>();
    for (String type : classes.supertypes(node.name)) {
      classes
          .find(type)
          .ifPresent(
              c ->
                  c.fields.stream()
                      .filter(f -> (f.access & (Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC)) == 0)
                      .forEach(f -> all.putIfAbsent(f.name, f)));
    }
    return all;
  }

  List<MethodNode> constructors() {
    return node.methods.stream()
        .filter(m -> m.name.equals("<init>") && (m.access & Opcodes.ACC_SYNTHETIC) == 0)
        .toList();
  }

  /** For each parameter of the constructor the field that it fills; null where none is known. */
  List<@Nullable String> filledBy(MethodNode constructor) {
    return filledBy(constructor, 0);
  }

  private List<@Nullable String> filledBy(MethodNode constructor, int depth) {
    List<@Nullable String> known = mappings.get(constructor.desc);
    if (known != null) {
      return known;
    }
    int count = Type.getArgumentTypes(constructor.desc).length;
    List<@Nullable String> fields = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      fields.add(null);
    }
    if (depth < MAX_DEPTH) {
      MethodFlow.of(node, constructor).ifPresent(flow -> follow(flow, fields, depth));
    }
    byName(constructor, fields);
    mappings.put(constructor.desc, fields);
    return fields;
  }

  private void follow(MethodFlow flow, List<@Nullable String> fields, int depth) {
    assignments(flow).forEach((field, value) -> claim(flow, value, field, fields));
    for (MethodFlow.CallSite site : flow.calls()) {
      boolean delegates =
          site.call().name.equals("<init>")
              && site.receiver().orElseThrow() instanceof Sym.Self
              && (site.call().owner.equals(node.name) || site.call().owner.equals(node.superName));
      if (delegates) {
        delegate(flow, site, fields, depth);
      }
    }
  }

  private void delegate(
      MethodFlow flow, MethodFlow.CallSite site, List<@Nullable String> fields, int depth) {
    Optional<ClassShape> target =
        site.call().owner.equals(node.name)
            ? Optional.of(this)
            : classes.find(site.call().owner).map(c -> new ClassShape(c, classes));
    target
        .flatMap(t -> t.constructor(site.call().desc).map(c -> t.filledBy(c, depth + 1)))
        .ifPresent(
            inner -> {
              for (int i = 0; i < inner.size() && i < site.passed().size(); i++) {
                String field = inner.get(i);
                if (field != null) {
                  claim(flow, site.passed().get(i), field, fields);
                }
              }
            });
  }

  private Optional<MethodNode> constructor(String descriptor) {
    return constructors().stream().filter(c -> c.desc.equals(descriptor)).findFirst();
  }

  private static void claim(
      MethodFlow flow, Sym value, String field, List<@Nullable String> fields) {
    int parameter = parameterIn(flow, value, 0);
    if (parameter >= 0 && parameter < fields.size() && fields.get(parameter) == null) {
      fields.set(parameter, field);
    }
  }

  /** The parameter that a value was made from, such as in {@code List.copyOf(items)}; else -1. */
  static int parameterIn(MethodFlow flow, Sym value, int depth) {
    if (depth > MAX_DEPTH) {
      return -1;
    }
    Sym s = value.bare();
    if (s instanceof Sym.Param p) {
      return p.index();
    }
    List<Sym> sources = List.of();
    if (s instanceof Sym.Result r) {
      sources = r.arguments;
    } else if (s instanceof Sym.Fresh fresh) {
      sources = flow.constructed(fresh);
    } else if (s instanceof Sym.Either either) {
      sources = List.copyOf(either.alternatives());
    }
    int found = -1;
    for (Sym source : sources) {
      int p = parameterIn(flow, source, depth + 1);
      if (p >= 0 && found >= 0 && p != found) {
        return -1;
      }
      found = Math.max(found, p);
    }
    return found;
  }

  /** Parameters named like a field of the same type. */
  private void byName(MethodNode constructor, List<@Nullable String> fields) {
    List<String> names = parameterNames(constructor);
    Type[] types = Type.getArgumentTypes(constructor.desc);
    Map<String, FieldNode> known = fields();
    for (int i = 0; i < fields.size() && i < names.size(); i++) {
      FieldNode field = known.get(names.get(i));
      boolean free = fields.get(i) == null && !fields.contains(names.get(i));
      if (free && field != null && field.desc.equals(types[i].getDescriptor())) {
        fields.set(i, names.get(i));
      }
    }
  }

  /** As recorded by {@code -parameters} or debug information; empty when neither is there. */
  static List<String> parameterNames(MethodNode method) {
    Type[] types = Type.getArgumentTypes(method.desc);
    if (method.parameters != null && method.parameters.size() == types.length) {
      return method.parameters.stream().map(p -> p.name == null ? "" : p.name).toList();
    }
    if (method.localVariables == null) {
      return List.of();
    }
    Map<Integer, String> bySlot = new HashMap<>();
    for (LocalVariableNode v : method.localVariables) {
      bySlot.putIfAbsent(v.index, v.name);
    }
    List<String> names = new ArrayList<>();
    int slot = (method.access & Opcodes.ACC_STATIC) == 0 ? 1 : 0;
    for (Type t : types) {
      names.add(bySlot.getOrDefault(slot, ""));
      slot += t.getSize();
    }
    return names;
  }

  /** Fields of {@code this} that the method assigns, with where each value came from. */
  static Map<String, Sym> assignments(MethodFlow flow) {
    Map<String, Sym> all = new LinkedHashMap<>();
    for (int i = 0; i < flow.size(); i++) {
      AbstractInsnNode insn = flow.instruction(i);
      if (insn.getOpcode() == Opcodes.PUTFIELD && flow.reachable(i)) {
        List<Sym> top = flow.top(i, 2);
        if (top.get(0) instanceof Sym.Self) {
          all.put(((FieldInsnNode) insn).name, top.get(1));
        }
      }
    }
    return all;
  }

  /** Methods with one parameter that put it into a field: field to method. */
  Map<String, MethodNode> setters() {
    Map<String, MethodNode> all = new LinkedHashMap<>();
    for (String type : classes.supertypes(node.name)) {
      Optional<ClassNode> c = classes.find(type);
      if (c.isEmpty() || type.startsWith("java/")) {
        continue;
      }
      for (MethodNode m : c.get().methods) {
        boolean candidate =
            !m.name.startsWith("<")
                && (m.access & (Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC)) == 0
                && Type.getArgumentTypes(m.desc).length == 1;
        if (candidate) {
          MethodFlow.of(c.get(), m).ifPresent(flow -> setter(flow, all));
        }
      }
    }
    return all;
  }

  private static void setter(MethodFlow flow, Map<String, MethodNode> all) {
    assignments(flow)
        .forEach(
            (field, value) -> {
              if (value.bare() instanceof Sym.Param) {
                MethodNode known = all.get(field);
                boolean named = flow.method.name.equalsIgnoreCase("set" + field);
                if (known == null || named) {
                  all.put(field, flow.method);
                }
              }
            });
  }

  /** What the constructor itself gives a field, without help from parameters. */
  Optional<Sym> initial(MethodNode constructor, String field) {
    return MethodFlow.of(node, constructor).map(ClassShape::assignments).map(a -> a.get(field));
  }

  /** Static methods without parameters of any class, or with them, that return this class. */
  List<MethodNode> factories() {
    String returned = ")L" + node.name + ";";
    return node.methods.stream()
        .filter(m -> (m.access & Opcodes.ACC_STATIC) != 0 && m.desc.endsWith(returned))
        .filter(m -> (m.access & (Opcodes.ACC_SYNTHETIC | Opcodes.ACC_PRIVATE)) == 0)
        .toList();
  }

  /** Fields that a factory fills, parameter by parameter. */
  List<@Nullable String> filledByFactory(MethodNode factory) {
    List<@Nullable String> fields = new ArrayList<>();
    for (Type ignored : Type.getArgumentTypes(factory.desc)) {
      fields.add(null);
    }
    Optional<MethodFlow> flow = MethodFlow.of(node, factory);
    if (flow.isEmpty()) {
      return fields;
    }
    for (MethodFlow.CallSite site : flow.get().calls()) {
      if (site.call().name.equals("<init>") && site.call().owner.equals(node.name)) {
        constructor(site.call().desc)
            .ifPresent(
                c -> {
                  List<@Nullable String> inner = filledBy(c);
                  for (int i = 0; i < inner.size(); i++) {
                    String field = inner.get(i);
                    if (field != null) {
                      claim(flow.get(), site.passed().get(i), field, fields);
                    }
                  }
                });
      }
    }
    return fields;
  }
}
