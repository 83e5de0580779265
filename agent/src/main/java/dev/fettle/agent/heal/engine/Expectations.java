package dev.fettle.agent.heal.engine;

import dev.fettle.agent.weave.RawClass;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * What the application prepared for failures otherwise than by catch clauses: stages of a {@code
 * CompletableFuture} that take a throwable, exception handlers of a web framework for a specific
 * type, and tests that want to see it thrown. Thread-safe.
 */
final class Expectations {
  private static final List<String> STAGES =
      List.of("exceptionally", "exceptionallyCompose", "handleAsync");
  private static final String HANDLER = "ExceptionHandler;";
  private static final String STATUS = "ResponseStatus;";
  private static final Set<String> BROAD =
      Set.of(
          "java.lang.Object",
          "java.lang.Throwable",
          "java.lang.Exception",
          "java.lang.RuntimeException",
          "java.lang.Error");
  private static final String FUTURE = "java.util.concurrent.CompletableFuture";
  private static final String WEB = "org.springframework.web.";
  private static final List<String> TESTS = List.of("org/junit/", "org/assertj/", "org/testng/");

  /** On the stack while a test runs what is to throw; the names may go on with {@code $}. */
  private static final List<String> EXPECTING =
      List.of(
          "org.junit.jupiter.api.AssertThrows",
          "org.junit.jupiter.api.AssertThrowsExactly",
          "org.junit.Assert",
          "org.junit.internal.runners.statements.ExpectException",
          "org.junit.rules.ExpectedException",
          "org.assertj.core.api.ThrowableAssert",
          "org.testng.Assert");

  private final Set<String> handled = ConcurrentHashMap.newKeySet();
  private final Set<String> answered = ConcurrentHashMap.newKeySet();
  private final StackWalker walker = StackWalker.getInstance();
  private volatile boolean stages;
  private volatile boolean tests;

  /** Looks through a class that is about to be woven. */
  void learn(String className, byte[] bytes) {
    RawClass raw = new RawClass(bytes);
    stages = stages || STAGES.stream().anyMatch(raw::holds);
    tests = tests || TESTS.stream().anyMatch(raw::holds);
    if (raw.holds(HANDLER)) {
      new ClassReader(bytes).accept(new Handlers(), ClassReader.SKIP_CODE);
    }
    if (raw.holds(STATUS)) {
      answered.add(className);
    }
  }

  /** Why a throwable is expected where this is called; null when it is not. */
  @Nullable String reason(Throwable thrown) {
    boolean specific = isNamed(thrown);
    if (!stages && !tests && !specific) {
      return null;
    }
    return walker.walk(
        frames ->
            frames
                .limit(512)
                .map(StackWalker.StackFrame::getClassName)
                .map(name -> reason(name, specific))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(null));
  }

  private Optional<String> reason(String frame, boolean specific) {
    if (stages && frame.startsWith(FUTURE)) {
      return Optional.of("a stage of a future may be meant for it");
    }
    if (tests && EXPECTING.stream().anyMatch(name -> isPartOf(frame, name))) {
      return Optional.of("a test may want to see it thrown");
    }
    return specific && frame.startsWith(WEB)
        ? Optional.of("an exception handler of the web application names it")
        : Optional.empty();
  }

  private static boolean isPartOf(String frame, String type) {
    return frame.startsWith(type)
        && (frame.length() == type.length() || frame.charAt(type.length()) == '$');
  }

  private boolean isNamed(Throwable thrown) {
    for (Class<?> at = thrown.getClass(); at != null; at = at.getSuperclass()) {
      if (handled.contains(at.getName()) || answered.contains(at.getName())) {
        return true;
      }
    }
    return false;
  }

  /** Collects the types that exception handlers name, in the annotation or as parameters. */
  private final class Handlers extends ClassVisitor {
    Handlers() {
      super(Opcodes.ASM9);
    }

    @Override
    public MethodVisitor visitMethod(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      return new MethodVisitor(Opcodes.ASM9) {
        @Override
        public @Nullable AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
          if (!annotation.endsWith("/ExceptionHandler;")) {
            return null;
          }
          for (Type type : Type.getArgumentTypes(descriptor)) {
            add(type);
          }
          return new Values();
        }
      };
    }
  }

  private final class Values extends AnnotationVisitor {
    Values() {
      super(Opcodes.ASM9);
    }

    @Override
    public AnnotationVisitor visitArray(String name) {
      return this;
    }

    @Override
    public void visit(@Nullable String name, Object value) {
      if (value instanceof Type type) {
        add(type);
      }
    }
  }

  private void add(Type type) {
    String name = type.getClassName();
    if (!BROAD.contains(name)) {
      handled.add(name);
    }
  }
}
