package dev.fettle.source.reproduce;

import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.contract.model.CapturedValue;
import dev.fettle.contract.model.Incident;
import dev.fettle.contract.model.ProjectModel;
import dev.fettle.contract.model.Request;
import dev.fettle.contract.model.TestDraft;
import dev.fettle.contract.model.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/** Writes the test that enters the program at one captured frame. */
final class DraftWriter {
  /** Elements of a collection written out; when the test gets too long, fewer. */
  private static final int[] ELEMENTS = {24, 6, 2};

  private final Incident incident;
  private final Failure failure;
  private final ProjectModel.Module module;
  private final ClassPool classes;
  private final TestStyle style;
  private final Accepted accepted;
  private final Variant variant;

  /** What a draft does with what is not known for sure. */
  enum Variant {
    /** Everything as it was captured, collaborators as stubs. */
    SEEN(""),
    /** Elements that a loop removed are put back. */
    REFILLED("Refilled"),
    /** Collaborators that need nothing are made by their own constructors. */
    FRESH("Fresh"),
    /** Constants that stand in are the last of their enum: the one that was added later. */
    LAST_CONSTANTS("Last"),
    /** The method is called until a pool that it takes from has nothing left. */
    DRAINED("Drained");

    private final String tail;

    Variant(String tail) {
      this.tail = tail;
    }
  }

  DraftWriter(
      Incident incident,
      Failure failure,
      ProjectModel.Module module,
      ClassPool classes,
      TestStyle style,
      Variant variant) {
    this.variant = variant;
    this.incident = incident;
    this.failure = failure;
    this.module = module;
    this.classes = classes;
    this.style = style;
    this.accepted = new Accepted(classes);
  }

  /**
   * The draft that calls the method of the application frame at {@code depth}; empty when it cannot
   * be called from outside.
   */
  Optional<TestDraft> enter(int depth) {
    return shortened(elements -> write(depth, elements, false));
  }

  /** The draft that sends the incident's request to the controller at {@code depth}. */
  Optional<TestDraft> request(int depth) {
    boolean controller =
        incident.sample().request() != null
            && classes
                .find(Proxies.target(failure.frame(depth).className()).replace('.', '/'))
                .map(c -> RequestCall.possible(c, classes))
                .orElse(false);
    return controller ? shortened(elements -> write(depth, elements, true)) : Optional.empty();
  }

  private static Optional<TestDraft> shortened(IntFunction<Optional<TestDraft>> attempt) {
    for (int elements : ELEMENTS) {
      try {
        return attempt.apply(elements);
      } catch (NotBuildable e) {
        if (!String.valueOf(e.getMessage()).contains("longer than")) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  private Optional<TestDraft> write(int depth, int elements, boolean request) {
    CapturedFrame frame = failure.frame(depth);
    String internal = Proxies.target(frame.className()).replace('.', '/');
    Optional<ClassNode> owner = classes.find(internal);
    Optional<MethodNode> method = Methods.of(frame, classes);
    if (owner.isEmpty() || method.isEmpty() || !enterable(internal, owner.get(), method.get())) {
      return Optional.empty();
    }
    String packageName = ClassPool.packageOf(internal);
    String testName = testName(internal, depth, request);
    TestCode code = new TestCode(classes, packageName, testName);
    Pool pool = null;
    if (variant == Variant.DRAINED) {
      String refusal = failure.thrown().type().replace('.', '/');
      Optional<Pool> drained = Pool.of(method.get(), refusal, classes);
      if (drained.isEmpty() || style.mockito() == 0) {
        return Optional.empty();
      }
      pool = drained.get();
    }
    Evidence evidence = Evidence.of(failure, depth, classes);
    Values values =
        new Values(
            new Values.Setting(
                classes,
                code,
                failure,
                evidence,
                style,
                elements,
                variant == Variant.FRESH,
                variant == Variant.LAST_CONSTANTS,
                pool));
    if (variant == Variant.REFILLED) {
      code.note("Elements that the loop may have removed are put back; which ones is a guess.");
    }
    Request sent = incident.sample().request();
    String call =
        request && sent != null
            ? new RequestCall(classes, failure, sent)
                .write(
                    receiver(frame, JavaType.of(internal), values).code(),
                    frame,
                    method.get(),
                    code)
            : call(frame, owner.get(), method.get(), values, code);
    boolean same =
        variant == Variant.FRESH && !request && !values.madeFresh()
            || variant == Variant.LAST_CONSTANTS && !values.tookLastConstants();
    if (same) {
      return Optional.empty(); // would be the same draft again
    }
    String methodName = TestText.methodName(method.get(), owner.get());
    String text =
        new TestText(incident, failure, style, accepted)
            .render(
                code,
                testName,
                methodName,
                new TestText.Entry(
                    call,
                    wide(method.get()),
                    request || pool != null,
                    pool == null ? 1 : Pool.SIZE + 1));
    String path =
        style.sourceRoot()
            + "/"
            + (packageName.isEmpty() ? "" : packageName + "/")
            + testName
            + ".java";
    return Optional.of(
        new TestDraft(
            module.directory(),
            path,
            text,
            (packageName.isEmpty() ? "" : packageName.replace('/', '.') + ".") + testName,
            List.of(methodName),
            request ? TestDraft.Rung.REQUEST : rung(depth, method.get(), code),
            code.notes()));
  }

  /** Whether the method declares what {@code catch (Exception)} does not take. */
  private static boolean wide(MethodNode method) {
    return method.exceptions != null && method.exceptions.contains("java/lang/Throwable");
  }

  private boolean enterable(String internal, ClassNode owner, MethodNode method) {
    boolean closed = (method.access & (Opcodes.ACC_PRIVATE | Opcodes.ACC_SYNTHETIC)) != 0;
    boolean nameable = classes.accessible(internal, ClassPool.packageOf(internal));
    boolean isAbstract = (owner.access & Opcodes.ACC_ABSTRACT) != 0;
    boolean creates = method.name.equals("<init>");
    return !closed && nameable && !method.name.equals("<clinit>") && !(creates && isAbstract);
  }

  private TestDraft.Rung rung(int depth, MethodNode method, TestCode code) {
    if (depth > 0) {
      return TestDraft.Rung.CALLER;
    }
    boolean plain =
        (method.access & Opcodes.ACC_STATIC) != 0
            || code.notes().stream()
                .noneMatch(n -> n.contains(" is a stub") || n.contains(" is a proxy"));
    return plain ? TestDraft.Rung.PURE_FRAME : TestDraft.Rung.STUBBED_BEAN;
  }

  /** {@code OrderServiceIncident3f9a1cTest}; a number tells apart entries of one class. */
  private String testName(String internal, int depth, boolean request) {
    String simple = internal.substring(internal.lastIndexOf('/') + 1).replace("$", "");
    String id = incident.id().value().substring("inc-".length());
    String tail = (request ? "Request" : depth == 0 ? "" : "Caller" + depth) + variant.tail;
    return simple + "Incident" + id.substring(0, Math.min(6, id.length())) + tail + style.suffix();
  }

  private String call(
      CapturedFrame frame, ClassNode owner, MethodNode method, Values values, TestCode code) {
    JavaType type = JavaType.of(owner.name);
    String receiver = "";
    boolean creates = method.name.equals("<init>");
    if (!creates && (method.access & Opcodes.ACC_STATIC) == 0) {
      receiver = receiver(frame, type, values).code();
    }
    String arguments = String.join(", ", arguments(frame, owner, method, values, code));
    if (creates) {
      return "new " + code.raw(type) + "(" + arguments + ")";
    }
    String on = receiver.isEmpty() ? code.raw(type) : receiver;
    return on + "." + method.name + "(" + arguments + ")";
  }

  private Expr receiver(CapturedFrame frame, JavaType type, Values values) {
    CapturedValue captured = frame.receiver();
    String hint = JavaText.variable(type.simpleName());
    if (captured instanceof CapturedValue.EnumConstant) {
      return values.value(captured, type, hint, Slot.NOWHERE);
    }
    if (captured instanceof CapturedValue.Reference r) {
      captured = failure.objects().get(r.identity());
    }
    if (captured instanceof CapturedValue.Composite c) {
      return values.fit(values.receiver(c, type, hint), type);
    }
    return values.objects().standIn(type, hint);
  }

  private List<String> arguments(
      CapturedFrame frame, ClassNode owner, MethodNode method, Values values, TestCode code) {
    List<Variable> seen = frame.locals().stream().filter(Variable::parameter).toList();
    List<JavaType> erased = JavaType.parameters(method.desc, Map.of());
    List<JavaType> types =
        method.signature == null ? erased : JavaType.parameters(method.signature, Map.of());
    List<String> names = ClassShape.parameterNames(method);
    List<String> all = new ArrayList<>();
    for (int i = 0; i < erased.size(); i++) {
      JavaType type =
          types.size() == erased.size() && types.get(i).internal().equals(erased.get(i).internal())
              ? types.get(i)
              : erased.get(i);
      String name =
          i < names.size() && !names.get(i).isEmpty() ? names.get(i) : "argument" + (i + 1);
      CapturedValue value =
          i < seen.size() && seen.size() == erased.size()
              ? seen.get(i).value()
              : byName(frame, name, type);
      Slot slot = Slot.parameter(owner.name, method.name, method.desc, i);
      Expr e = values.value(value, type, name, slot);
      boolean castNull = e.isNull() && overloaded(owner, method) && code.accessible(erased.get(i));
      all.add(castNull ? "(" + code.raw(erased.get(i)) + ") null" : e.code());
    }
    return all;
  }

  private static CapturedValue byName(CapturedFrame frame, String name, JavaType type) {
    Set<String> primitives = Set.of("I", "J", "Z", "D", "F", "C", "B", "S");
    String binary = primitives.contains(type.internal()) ? "int" : type.binaryName();
    return frame
        .local(name)
        .map(Variable::value)
        .orElse(
            new CapturedValue.Opaque(
                type.dims() > 0 ? "java.lang.Object" : binary, "not captured"));
  }

  private static boolean overloaded(ClassNode owner, MethodNode method) {
    int count = Type.getArgumentTypes(method.desc).length;
    return owner.methods.stream()
            .filter(m -> m.name.equals(method.name))
            .filter(m -> Type.getArgumentTypes(m.desc).length == count)
            .count()
        > 1;
  }
}
