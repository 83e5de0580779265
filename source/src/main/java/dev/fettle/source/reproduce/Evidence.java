package dev.fettle.source.reproduce;

import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.contract.model.CapturedValue;
import dev.fettle.contract.model.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * What calls on collaborators returned while the failing run went from an entry frame to the
 * exception, found by following captured values back through the bytecode to the calls they came
 * from.
 */
final class Evidence {
  private static final int MAX_DEPTH = 8;

  private final ClassPool classes;
  private final Map<String, Optional<MethodFlow>> flows = new HashMap<>();
  private final Map<Slot, Map<MethodInsnNode, Known>> calls = new LinkedHashMap<>();
  private final Map<MethodInsnNode, List<String>> constants = new HashMap<>();
  private final Set<String> onPath = new LinkedHashSet<>();

  private Evidence(ClassPool classes) {
    this.classes = classes;
  }

  /** What the frames from {@code entry} inward show. */
  static Evidence of(Failure failure, int entry, ClassPool classes) {
    Evidence evidence = new Evidence(classes);
    for (int depth = entry; depth >= 0; depth--) {
      CapturedFrame frame = failure.frame(depth);
      evidence.onPath.add(frame.className().replace('.', '/'));
      Optional<MethodFlow> flow = evidence.flow(frame);
      if (flow.isPresent()) {
        evidence.frame(failure, depth, flow.get());
      }
    }
    for (int depth = entry; depth >= 0; depth--) {
      evidence
          .flow(failure.frame(depth))
          .ifPresent(flow -> evidence.suppose(flow, new HashSet<>(), 0));
    }
    return evidence;
  }

  /** Classes whose code the failing run went through; their objects are real in a test. */
  boolean onPath(String internal) {
    return onPath.contains(internal);
  }

  Set<String> path() {
    return onPath;
  }

  /**
   * Known results of calls on what stands in the slot: method to results, in the order of the
   * calls. A method that is asked for several constants, as the columns of a row are, is told apart
   * by them.
   */
  Map<Known.Method, List<Known>> results(Slot slot) {
    Map<MethodInsnNode, Known> known = calls.getOrDefault(slot, Map.of());
    Map<Known.Method, Set<List<String>>> asked = new HashMap<>();
    known
        .keySet()
        .forEach(
            call ->
                asked
                    .computeIfAbsent(Known.Method.of(call), m -> new LinkedHashSet<>())
                    .add(constants.getOrDefault(call, List.of())));
    Map<Known.Method, List<Known>> all = new LinkedHashMap<>();
    known.forEach(
        (call, result) -> {
          Known.Method method = Known.Method.of(call);
          Set<List<String>> ways = asked.getOrDefault(method, Set.of());
          boolean apart = ways.size() > 1 && !ways.contains(List.of());
          Known.Method key =
              apart ? method.calledWith(constants.getOrDefault(call, List.of())) : method;
          all.computeIfAbsent(key, m -> new ArrayList<>()).add(result);
        });
    return all;
  }

  /** The arguments after the receiver as Java; empty when one of them is no plain constant. */
  private static List<String> constants(Sym.Result result) {
    List<String> all = new ArrayList<>();
    Type[] types = Type.getArgumentTypes(result.call.desc);
    for (int i = 0; i < types.length; i++) {
      Object value =
          result.arguments.get(i + 1).bare() instanceof Sym.Constant c ? c.value() : null;
      if (value instanceof String text) {
        all.add(JavaText.string(text));
      } else if (value instanceof Integer number && types[i].getSort() == Type.INT) {
        all.add(number.toString());
      } else {
        return List.of();
      }
    }
    return all;
  }

  private void frame(Failure failure, int depth, MethodFlow flow) {
    Optional<Integer> at = FailingInstruction.of(failure, depth, flow);
    if (at.isEmpty()) {
      return;
    }
    branches(flow, at.get());
    for (Variable v : failure.frame(depth).locals()) {
      flow.local(at.get(), v.name()).ifPresent(s -> learn(flow, s, seen(v.value()), 0));
    }
    if (depth == 0) {
      new ThrownValue(failure, flow, at.get()).claims().forEach((s, k) -> learn(flow, s, k, 0));
    } else {
      called(failure, depth, flow, at.get());
    }
  }

  private static Known seen(CapturedValue value) {
    return value instanceof CapturedValue.Null ? new Known.Nothing() : new Known.Seen(value, "");
  }

  /** What the next inner application frame was given tells what this frame passed. */
  private void called(Failure failure, int depth, MethodFlow flow, int at) {
    CapturedFrame inner = failure.frame(depth - 1);
    List<Variable> parameters = inner.locals().stream().filter(Variable::parameter).toList();
    for (MethodFlow.CallSite site : flow.calls()) {
      if (site.index() == at && site.call().name.equals(inner.method())) {
        for (int i = 0; i < parameters.size() && i < site.passed().size(); i++) {
          learn(flow, site.passed().get(i), seen(parameters.get(i).value()), 0);
        }
      }
      for (int i = 0; i < site.passed().size(); i++) {
        if (site.passed().get(i).bare() instanceof Sym.Lambda lambda
            && lambda.target.getName().equals(inner.method())
            && lambda.target.getOwner().equals(inner.className().replace('.', '/'))) {
          ran(flow, site, i, lambda, parameters);
        }
      }
    }
  }

  private void ran(
      MethodFlow flow,
      MethodFlow.CallSite site,
      int argument,
      Sym.Lambda lambda,
      List<Variable> parameters) {
    int receivers = lambda.target.getTag() == Opcodes.H_INVOKESTATIC ? 0 : 1;
    int first = Math.max(0, lambda.captured.size() - receivers);
    List<Known> own = new ArrayList<>();
    parameters.stream().skip(first).forEach(v -> own.add(seen(v.value())));
    Optional<Sym> receiver = site.receiver();
    if (receiver.isEmpty()) {
      return;
    }
    Known.Method implementation =
        new Known.Method(
            lambda.target.getOwner(), lambda.target.getName(), lambda.target.getDesc());
    Slot slots =
        Slot.parameter(
            implementation.owner(), implementation.name(), implementation.descriptor(), first);
    if (rooted(flow, receiver.get(), 0)) {
      if (!site.call().owner.startsWith("java/")) {
        Known.Ran ran = new Known.Ran(argument, implementation, own, slots);
        learn(flow, site.result(), ran, 0);
      } else if (!own.isEmpty()) {
        holds(flow, receiver.get(), own.get(own.size() - 1), 0);
      }
    }
  }

  /** The collection behind a pipeline holds the element, unless a step on the way maps. */
  private void holds(MethodFlow flow, Sym pipeline, Known element, int depth) {
    Sym s = pipeline.bare();
    if (depth > MAX_DEPTH) {
      return;
    }
    if (s instanceof Sym.Result r
        && r.call.owner.startsWith("java/util/")
        && !r.arguments.isEmpty()) {
      if (r.call.owner.startsWith("java/util/Optional")) {
        learn(flow, s, new Known.Present(element), depth);
      } else if (LibraryCalls.keepsElements(r.call.name)) {
        holds(flow, r.arguments.get(0), element, depth + 1);
      }
      return;
    }
    boolean optional =
        s instanceof Sym.Result r2
            && Type.getReturnType(r2.call.desc).getInternalName().startsWith("java/util/Optional");
    Known whole = optional ? new Known.Present(element) : new Known.Holding(List.of(element));
    learn(flow, s, whole, depth);
  }

  private void learn(MethodFlow flow, Sym sym, Known known, int depth) {
    if (depth > MAX_DEPTH) {
      return;
    }
    if (sym instanceof Sym.Cast cast) {
      learn(flow, cast.of, as(known, cast.type), depth + 1);
    } else if (sym instanceof Sym.Either either) {
      List<Sym> rooted =
          either.alternatives().stream().filter(a -> rooted(flow, a, depth)).toList();
      if (rooted.size() == 1) {
        learn(flow, rooted.get(0), known, depth + 1);
      }
    } else if (sym instanceof Sym.Result result) {
      result(flow, result, known, depth);
    }
  }

  private static Known as(Known known, String type) {
    boolean better = known instanceof Known.Seen s && s.type().isEmpty() && !type.isEmpty();
    return better ? new Known.Seen(((Known.Seen) known).value(), type) : known;
  }

  private void result(MethodFlow flow, Sym.Result result, Known known, int depth) {
    MethodInsnNode call = result.call;
    boolean isStatic = call.getOpcode() == Opcodes.INVOKESTATIC;
    Optional<MethodFlow> helper = helper(flow, call, result);
    if (helper.isPresent()) {
      through(flow, helper.get(), result, known, depth);
      return;
    }
    if (isStatic) {
      if (LibraryCalls.passesThrough(call.name) && !result.arguments.isEmpty()) {
        learn(flow, result.arguments.get(0), known, depth + 1);
      }
      return;
    }
    Sym receiver = result.arguments.get(0);
    Optional<Slot> slot = slot(flow, receiver);
    if (slot.isPresent()) {
      constants.put(call, constants(result));
      calls.computeIfAbsent(slot.get(), s -> new LinkedHashMap<>()).merge(call, known, Known::and);
    } else if (rooted(flow, receiver, depth)) {
      chained(flow, result, receiver, known, depth);
    }
  }

  /** The receiver was itself returned by a collaborator: what does the call say of it? */
  private void chained(MethodFlow flow, Sym.Result result, Sym receiver, Known known, int depth) {
    String owner = result.call.owner;
    String name = result.call.name;
    if (owner.startsWith("java/util/Optional") && LibraryCalls.unwraps(name)) {
      // of nothing: an empty Optional, which is what orElse(null) says of one
      learn(flow, receiver, new Known.Present(known), depth + 1);
    } else if (owner.startsWith("java/util/")) {
      if (LibraryCalls.takesElement(name) && !owner.equals("java/util/Map")) {
        holds(flow, receiver, known, depth + 1);
      }
    } else if (owner.startsWith("java/lang/") && name.endsWith("Value")) {
      learn(flow, receiver, known, depth + 1);
    } else if (!owner.startsWith("java/")) {
      Map<Known.Method, Known> one = new LinkedHashMap<>();
      one.put(Known.Method.of(result.call), known);
      learn(flow, receiver, new Known.Fluent(one), depth + 1);
    }
  }

  /** A method of the same object that returned the value: what did it return? */
  private void through(
      MethodFlow flow, MethodFlow helper, Sym.Result result, Known known, int depth) {
    List<Sym> returned =
        helper.returned().stream().filter(s -> rooted(helper, s, depth + 1)).toList();
    for (Sym s : returned) {
      learn(helper, s, known, depth + 1);
    }
    if (returned.isEmpty()) {
      int first = helper.isStatic() ? 0 : 1;
      for (Sym s : helper.returned()) {
        if (s.bare() instanceof Sym.Param p && p.index() + first < result.arguments.size()) {
          learn(flow, result.arguments.get(p.index() + first), known, depth + 1);
        }
      }
    }
  }

  private Optional<MethodFlow> helper(MethodFlow flow, MethodInsnNode call, Sym.Result result) {
    boolean own =
        call.owner.equals(flow.owner.name)
            && (call.getOpcode() == Opcodes.INVOKESTATIC
                || result.arguments.get(0).bare() instanceof Sym.Self);
    return own ? flow(call.owner, call.name, call.desc) : Optional.empty();
  }

  /** The field or parameter that a receiver is, if it may be a collaborator. */
  private Optional<Slot> slot(MethodFlow flow, Sym sym) {
    Sym s = sym.bare();
    if (s instanceof Sym.FieldValue f && f.owner != null && f.owner.bare() instanceof Sym.Self) {
      return Optional.of(Slot.field(declaring(f.field.owner, f.field.name), f.field.name));
    }
    if (s instanceof Sym.Param p) {
      return Optional.of(
          Slot.parameter(flow.owner.name, flow.method.name, flow.method.desc, p.index()));
    }
    return Optional.empty();
  }

  private String declaring(String owner, String field) {
    for (String type : classes.supertypes(owner)) {
      Optional<ClassNode> c = classes.find(type);
      if (c.isPresent() && c.get().fields.stream().anyMatch(f -> f.name.equals(field))) {
        return type;
      }
    }
    return owner;
  }

  /** Whether the value came, by any chain of calls, from a call on a field or parameter. */
  private boolean rooted(MethodFlow flow, Sym sym, int depth) {
    Sym s = sym.bare();
    if (depth > MAX_DEPTH) {
      return false;
    }
    if (slot(flow, s).isPresent()) {
      return true;
    }
    if (!(s instanceof Sym.Result r)) {
      return s instanceof Sym.Either e
          && e.alternatives().stream().anyMatch(a -> rooted(flow, a, depth + 1));
    }
    Optional<MethodFlow> helper = helper(flow, r.call, r);
    if (helper.isPresent()) {
      MethodFlow h = helper.get();
      return h.returned().stream()
          .anyMatch(x -> !(x.bare() instanceof Sym.Param) && rooted(h, x, depth + 1));
    }
    return !r.arguments.isEmpty() && rooted(flow, r.arguments.get(0), depth + 1);
  }

  /** Conditions on results that decide whether the failing instruction is reached. */
  private void branches(MethodFlow flow, int failing) {
    for (MethodFlow.CallSite site : flow.calls()) {
      Optional<Integer> next = flow.next(site.index());
      if (next.isEmpty() || site.index() >= failing) {
        continue;
      }
      AbstractInsnNode insn = flow.instruction(next.get());
      Optional<Boolean> jumped = flow.decides(next.get(), failing);
      if (jumped.isEmpty()) {
        continue;
      }
      boolean jump = jumped.get();
      switch (insn.getOpcode()) {
        case Opcodes.IFEQ -> truth(flow, site, !jump);
        case Opcodes.IFNE -> truth(flow, site, jump);
        case Opcodes.IFNULL -> learn(flow, site.result(), nullness(jump), 0);
        case Opcodes.IFNONNULL -> learn(flow, site.result(), nullness(!jump), 0);
        default -> {}
      }
    }
  }

  private static Known nullness(boolean isNull) {
    return isNull ? new Known.Nothing() : new Known.Plausible();
  }

  private void truth(MethodFlow flow, MethodFlow.CallSite site, boolean value) {
    if (Type.getReturnType(site.call().desc).getSort() != Type.BOOLEAN) {
      return;
    }
    Optional<Sym> receiver = site.receiver();
    boolean optional = site.call().owner.startsWith("java/util/Optional");
    boolean present =
        (site.call().name.equals("isPresent") && value)
            || (site.call().name.equals("isEmpty") && !value);
    if (receiver.isPresent() && site.call().owner.startsWith("java/util/")) {
      if (present && rooted(flow, receiver.get(), 0)) {
        Known content = new Known.Plausible();
        learn(
            flow,
            receiver.get(),
            optional ? new Known.Present(content) : new Known.Holding(List.of(content)),
            0);
      }
    } else {
      learn(flow, site.result(), new Known.Truth(value), 0);
    }
  }

  /** Results that nothing is known of still must not be null where code goes on with them. */
  private void suppose(MethodFlow flow, Set<String> visited, int depth) {
    if (depth > 3 || !visited.add(flow.owner.name + flow.method.name + flow.method.desc)) {
      return;
    }
    for (MethodFlow.CallSite site : flow.calls()) {
      Optional<Sym> receiver = site.receiver();
      if (receiver.isPresent() && wanted(site) && rooted(flow, receiver.get(), 0)) {
        learn(flow, site.result(), new Known.Plausible(), 0);
      }
      if (site.call().owner.equals(flow.owner.name)) {
        flow(site.call().owner, site.call().name, site.call().desc)
            .ifPresent(f -> suppose(f, visited, depth + 1));
      }
      for (Sym s : site.passed()) {
        if (s.bare() instanceof Sym.Lambda l && l.target.getOwner().equals(flow.owner.name)) {
          flow(l.target.getOwner(), l.target.getName(), l.target.getDesc())
              .ifPresent(f -> suppose(f, visited, depth + 1));
        }
      }
    }
  }

  /** A reference of a type for which a stub's own default, such as an empty list, is no answer. */
  private boolean wanted(MethodFlow.CallSite site) {
    Type returned = Type.getReturnType(site.call().desc);
    boolean library =
        site.call().owner.startsWith("java/") && !site.call().owner.startsWith("java/sql/");
    if (returned.getSort() != Type.OBJECT || library) {
      return false;
    }
    String name = returned.getInternalName();
    boolean collection =
        name.startsWith("java/util/Optional")
            || name.startsWith("java/util/stream/")
            || classes.subtype(name, "java/lang/Iterable")
            || classes.subtype(name, "java/util/Map");
    boolean box = !JavaType.of(name).unboxed().equals(JavaType.of(name));
    return !collection
        && !box
        && !name.equals("java/lang/Void")
        && !name.equals("java/lang/Object");
  }

  private Optional<MethodFlow> flow(CapturedFrame frame) {
    String owner = frame.className().replace('.', '/');
    if (!frame.descriptor().isEmpty()) {
      return flow(owner, frame.method(), frame.descriptor());
    }
    return Methods.of(frame, classes).flatMap(m -> flow(owner, m.name, m.desc));
  }

  private Optional<MethodFlow> flow(String owner, String name, String descriptor) {
    return flows.computeIfAbsent(
        owner + "." + name + descriptor,
        key -> {
          Optional<ClassNode> c = classes.find(owner).filter(x -> classes.application(owner));
          return c.flatMap(
              node ->
                  node.methods.stream()
                      .filter(m -> m.name.equals(name) && m.desc.equals(descriptor))
                      .findFirst()
                      .flatMap((MethodNode m) -> MethodFlow.of(node, m)));
        });
  }
}
