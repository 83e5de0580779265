package dev.fettle.source.reproduce;

import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.contract.model.CapturedValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/** Turns captured values into expressions, with the statements that these need. Confined. */
final class Values {
  private static final int MAX_STAND_IN_DEPTH = 3;

  /**
   * What all parts of one draft share.
   *
   * @param elements how many elements of a collection are written out
   * @param fresh whether collaborators are made by their constructors where these need nothing
   * @param lastConstants whether the last constant of an enum stands in, instead of the first
   * @param pool what runs out of resources; null for nothing
   */
  record Setting(
      ClassPool classes,
      TestCode code,
      Failure failure,
      Evidence evidence,
      TestStyle style,
      int elements,
      boolean fresh,
      boolean lastConstants,
      @Nullable Pool pool) {}

  private final Setting setting;
  private final TestCode code;
  private final Scalars scalars;
  private final Sequences sequences;
  private final Objects objects;
  private final Stubs stubs;
  private final Map<Integer, Expr> built = new HashMap<>();
  private final Set<Integer> underWay = new HashSet<>();
  private final Map<String, Expr> fresh = new HashMap<>();
  private final Map<String, Integer> withheld = new HashMap<>();
  private final SelfContained selfContained;
  private int standInDepth;
  private boolean lastConstants;

  Values(Setting setting) {
    this.setting = setting;
    code = setting.code();
    scalars = new Scalars(setting.classes(), code);
    sequences = new Sequences(this, code, setting.classes(), setting.elements());
    objects = new Objects(this, setting);
    stubs = new Stubs(this, setting);
    selfContained = new SelfContained(setting.classes(), code.packageName());
  }

  /** Whether a constant stands in that is not the first of its enum. */
  boolean tookLastConstants() {
    return lastConstants;
  }

  /** Whether any collaborator was made by its own constructor. */
  boolean madeFresh() {
    return !fresh.isEmpty();
  }

  int release() {
    return setting.style().release();
  }

  Objects objects() {
    return objects;
  }

  Stubs stubs() {
    return stubs;
  }

  Sequences sequences() {
    return sequences;
  }

  /**
   * @param target the declared type of where the value goes; {@link JavaType#OBJECT} when unknown
   * @param hint for naming variables
   * @param slot where it stands, for finding what calls on it returned
   */
  Expr value(CapturedValue value, JavaType target, String hint, Slot slot) {
    return fit(raw(value, target, hint, slot), target);
  }

  private Expr raw(CapturedValue value, JavaType target, String hint, Slot slot) {
    if (value instanceof CapturedValue.Null) {
      return target.primitive() ? StandIns.zero(target) : Expr.NULL;
    }
    if (value instanceof CapturedValue.Scalar scalar) {
      return scalars.expression(scalar, target);
    }
    if (value instanceof CapturedValue.Text text) {
      return text(text, hint);
    }
    if (value instanceof CapturedValue.EnumConstant constant) {
      return constant(constant);
    }
    if (value instanceof CapturedValue.Sequence sequence) {
      return sequences.sequence(sequence, target, hint);
    }
    if (value instanceof CapturedValue.Mapping mapping) {
      return sequences.mapping(mapping, target, hint);
    }
    if (value instanceof CapturedValue.Composite composite) {
      return composite(composite, target, hint, slot);
    }
    if (value instanceof CapturedValue.Reference reference) {
      return reference(reference, target, hint, slot);
    }
    if (value instanceof CapturedValue.Redacted secret
        && (target.isObject()
            || target.is("java/lang/String")
            || target.is("java/lang/CharSequence"))) {
      Optional<String> form = Withheld.like(secret.reason(), withheld(secret.token()));
      if (form.isPresent()) {
        code.note(hint + " was withheld (" + secret.reason() + "); another one stands in.");
        return new Expr(JavaText.string(form.get()), JavaType.STRING);
      }
    }
    return lost(value, target, hint, slot);
  }

  /** Counts withheld values from 1; equal ones have equal numbers. */
  private int withheld(String token) {
    return withheld.computeIfAbsent(token, t -> withheld.size() + 1);
  }

  private Expr text(CapturedValue.Text text, String hint) {
    String literal = JavaText.string(text.text());
    int missing = Math.min(text.length() - text.text().length(), 100_000);
    if (missing > 0) {
      code.note(hint + " was longer than captured; it is filled up with x.");
      String fill =
          "String.join(\"\", "
              + code.name("java/util/Collections")
              + ".nCopies("
              + missing
              + ", \"x\"))";
      literal = literal + " + " + fill;
    }
    JavaType type = JavaType.ofBinaryName(text.type());
    boolean builder = type.is("java/lang/StringBuilder") || type.is("java/lang/StringBuffer");
    return builder
        ? new Expr("new " + code.raw(type) + "(" + literal + ")", type)
        : new Expr(literal, JavaType.STRING);
  }

  private Expr constant(CapturedValue.EnumConstant constant) {
    JavaType type = JavaType.ofBinaryName(constant.type());
    if (!constant.name().matches("[A-Za-z_$][\\w$]*")) {
      throw new NotBuildable("no enum constant: " + JavaText.comment(constant.name(), 40));
    }
    if (code.accessible(type)) {
      return new Expr(code.raw(type) + "." + constant.name(), type);
    }
    code.markUnchecked();
    return new Expr(
        "Enum.valueOf((Class) Class.forName(\""
            + type.binaryName()
            + "\"), \""
            + constant.name()
            + "\")",
        JavaType.OBJECT);
  }

  private Expr composite(
      CapturedValue.Composite composite, JavaType target, String hint, Slot slot) {
    Expr known = built.get(composite.identity());
    if (known != null) {
      return known;
    }
    if (!underWay.add(composite.identity())) {
      code.note("A cycle through " + hint + " is cut.");
      return Expr.NULL;
    }
    CapturedValue fullest =
        setting.failure().objects().getOrDefault(composite.identity(), composite);
    Expr made = object((CapturedValue.Composite) fullest, target, hint, slot);
    built.put(composite.identity(), made);
    underWay.remove(composite.identity());
    return made;
  }

  /** The object whose method is called: always real. */
  Expr receiver(CapturedValue.Composite captured, JavaType type, String hint) {
    CapturedValue fullest = setting.failure().objects().getOrDefault(captured.identity(), captured);
    underWay.add(captured.identity());
    Expr made = objects.build((CapturedValue.Composite) fullest, type, hint);
    underWay.remove(captured.identity());
    built.put(captured.identity(), made);
    return made;
  }

  private Expr object(CapturedValue.Composite value, JavaType target, String hint, Slot slot) {
    String internal = Proxies.target(value.type()).replace('.', '/');
    JavaType type = JavaType.of(internal);
    Optional<CapturedValue.Composite> real = realBehind(value, type, target);
    if (real.isPresent()) {
      return objects.build(real.get(), target, hint);
    }
    if (new Collaborators(setting.classes(), setting.evidence()).stubbed(value, type, target)) {
      return collaborator(type, target, hint, results(slot, value));
    }
    try {
      return objects.build(value, target, hint);
    } catch (NotBuildable e) {
      return stubs.stub(stubType(type, target), hint, results(slot, value));
    }
  }

  /** A stub, or in a fresh setting the real thing where its constructor needs nothing. */
  private Expr collaborator(
      JavaType type, JavaType target, String hint, Map<Known.Method, List<Known>> results) {
    Optional<MethodNode> constructor =
        setting.fresh() ? selfContained.constructor(type.internal()) : Optional.empty();
    return constructor.isPresent()
        ? fresh(type.internal(), constructor.get())
        : stubs.stub(stubType(type, target), hint, results);
  }

  private Expr fresh(String internal, MethodNode constructor) {
    Expr known = fresh.get(internal);
    if (known != null) {
      return known;
    }
    List<String> arguments = new ArrayList<>();
    for (Type t : Type.getArgumentTypes(constructor.desc)) {
      String parameter = t.getInternalName();
      MethodNode own = selfContained.constructor(parameter).orElseThrow();
      arguments.add(fresh(parameter, own).code());
    }
    JavaType type = JavaType.of(internal);
    String name = JavaText.variable(type.simpleName());
    String made = "new " + code.raw(type) + "(" + String.join(", ", arguments) + ")";
    Expr e = new Expr(code.declare(type, name, made), type);
    code.note(name + " is made by its constructor, with what that puts into it.");
    fresh.put(internal, e);
    return e;
  }

  /** What calls on the object returned, wherever on the path it stands. */
  private Map<Known.Method, List<Known>> results(Slot slot, CapturedValue value) {
    Map<Known.Method, List<Known>> all = new LinkedHashMap<>(setting.evidence().results(slot));
    OptionalInt identity = identity(value);
    if (identity.isEmpty()) {
      return all;
    }
    for (CapturedFrame frame : setting.failure().frames()) {
      if (frame.receiver() instanceof CapturedValue.Composite receiver) {
        for (CapturedValue.Field f : receiver.fields()) {
          Slot other = Slot.field(f.declaredIn().replace('.', '/'), f.name());
          if (identity.equals(identity(f.value())) && !other.equals(slot)) {
            setting.evidence().results(other).forEach(all::putIfAbsent);
          }
        }
      }
    }
    return all;
  }

  private static OptionalInt identity(CapturedValue value) {
    if (value instanceof CapturedValue.Composite c) {
      return OptionalInt.of(c.identity());
    }
    return value instanceof CapturedValue.Reference r
        ? OptionalInt.of(r.identity())
        : OptionalInt.empty();
  }

  /** The captured bean of the path that hides behind a proxy or an interface. */
  private Optional<CapturedValue.Composite> realBehind(
      CapturedValue value, JavaType type, JavaType target) {
    if (!Proxies.isProxy(value.type()) && !(value instanceof CapturedValue.Opaque)) {
      return Optional.empty();
    }
    return setting.failure().frames().stream()
        .filter(f -> f.application() && f.receiver() instanceof CapturedValue.Composite)
        .filter(f -> setting.evidence().onPath(f.className().replace('.', '/')))
        .map(f -> (CapturedValue.Composite) f.receiver())
        .filter(c -> !underWay.contains(c.identity()))
        .filter(
            c -> {
              String own = Proxies.target(c.type()).replace('.', '/');
              boolean declared =
                  !target.isObject() && setting.classes().subtype(own, target.internal());
              return own.equals(type.internal()) || declared;
            })
        .findFirst();
  }

  private JavaType stubType(JavaType type, JavaType target) {
    return target.isObject() || !code.accessible(target) ? type : target;
  }

  private Expr reference(
      CapturedValue.Reference reference, JavaType target, String hint, Slot slot) {
    Expr known = built.get(reference.identity());
    if (known != null) {
      return known;
    }
    CapturedValue found = setting.failure().objects().get(reference.identity());
    return found != null
        ? raw(found, target, hint, slot)
        : lost(new CapturedValue.Opaque(reference.type(), "lost"), target, hint, slot);
  }

  private Expr lost(CapturedValue value, JavaType target, String hint, Slot slot) {
    String type = Proxies.target(value.type());
    JavaType seen = JavaType.ofBinaryName(type);
    boolean specific =
        seen.primitive() || (!seen.isObject() && setting.classes().has(seen.internal()));
    JavaType wanted = specific ? seen : target;
    Optional<CapturedValue.Composite> real = realBehind(value, seen, target);
    if (real.isPresent()) {
      return composite(real.get(), target, hint, slot);
    }
    Map<Known.Method, List<Known>> results = results(slot, value);
    boolean collaborator =
        new Collaborators(setting.classes(), setting.evidence()).collaborator(wanted, target);
    if (collaborator || (!results.isEmpty() && StandIns.plain(wanted, code).isEmpty())) {
      return collaborator(wanted, target, hint, results);
    }
    code.note(hint + " was not captured; a plausible value stands in.");
    JavaType typed = wanted.internal().equals(target.internal()) ? target : wanted;
    return standIn(typed, hint);
  }

  /** A plausible value that is not null. */
  Expr standIn(JavaType type, String hint) {
    if (type.dims() > 0) {
      return new Expr("new " + code.raw(baseOf(type)) + "[0]" + "[]".repeat(type.dims() - 1), type);
    }
    Optional<Expr> plain = StandIns.plain(type, code);
    if (plain.isPresent()) {
      return plain.get();
    }
    String internal = type.internal();
    if (internal.startsWith("java/util/Optional")) {
      return new Expr(code.name(internal) + ".empty()", type);
    }
    boolean map = setting.classes().subtype(internal, "java/util/Map");
    if (map) {
      return sequences.mapping(
          new CapturedValue.Mapping(type.binaryName(), 0, List.of()), type, hint);
    }
    boolean many =
        setting.classes().subtype(internal, "java/util/Collection")
            || internal.equals("java/lang/Iterable");
    if (many) {
      return sequences.sequence(
          new CapturedValue.Sequence(type.binaryName(), 0, List.of()), type, hint);
    }
    return objectStandIn(type, hint);
  }

  private static JavaType baseOf(JavaType type) {
    return JavaType.of(type.internal());
  }

  private Expr objectStandIn(JavaType type, String hint) {
    ClassNode c = setting.classes().find(type.internal()).orElse(null);
    if (c != null && (c.access & Opcodes.ACC_ENUM) != 0) {
      return constantStandIn(c, type);
    }
    if (standInDepth >= MAX_STAND_IN_DEPTH) {
      return Expr.NULL;
    }
    standInDepth++;
    try {
      boolean data = c != null && new ClassShape(c, setting.classes()).isAbstract();
      if (!data && c != null && setting.classes().application(type.internal())) {
        return objects.standIn(type, hint);
      }
      return stubs.stub(type, hint, Map.of());
    } finally {
      standInDepth--;
    }
  }

  private Expr constantStandIn(ClassNode c, JavaType type) {
    List<String> constants =
        c.fields.stream()
            .filter(f -> (f.access & Opcodes.ACC_ENUM) != 0 && code.accessible(type))
            .map(f -> f.name)
            .toList();
    if (constants.isEmpty()) {
      throw new NotBuildable("no constant of " + type.binaryName());
    }
    boolean last = setting.lastConstants() && constants.size() > 1;
    lastConstants |= last;
    String name = constants.get(last ? constants.size() - 1 : 0);
    return new Expr(code.raw(type) + "." + name, type);
  }

  /** Casts where javac would not take the expression for the target. */
  Expr fit(Expr e, JavaType target) {
    if (e.isNull() || target.isObject() || target.open() || target.isVoid()) {
      return e;
    }
    JavaType from = e.type();
    if (from.equals(target)
        || (from.internal().equals(target.internal()) && from.dims() == target.dims())) {
      return e;
    }
    if (target.primitive() || target.unboxed().primitive()) {
      return e;
    }
    boolean up =
        from.dims() == target.dims()
            && setting.classes().subtype(from.boxed().internal(), target.internal())
            && code.accessible(from);
    if (up) {
      return e;
    }
    if (!code.accessible(target)) {
      return e;
    }
    if (from.isObject() || setting.classes().subtype(target.internal(), from.internal())) {
      return new Expr("(" + code.raw(target) + ") " + e.code(), target);
    }
    if (target.dims() == 0 && from.dims() == 0 && code.accessible(from)) {
      throw new NotBuildable(from.binaryName() + " is no " + target.binaryName());
    }
    return e;
  }
}
