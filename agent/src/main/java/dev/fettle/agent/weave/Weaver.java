package dev.fettle.agent.weave;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.ParameterNode;

/** The agent's class file transformer. Thread-safe; a class it cannot weave stays as it is. */
public final class Weaver implements ClassFileTransformer {
  /** Decides which classes are the application's. */
  public interface Selection {
    boolean isApplication(
        @Nullable ClassLoader loader, String className, @Nullable ProtectionDomain domain);
  }

  /** Decides which of the application's classes can be healed. */
  public interface Healable {
    /** No class. */
    Healable NONE = (loader, className, bytes) -> false;

    /**
     * Called when a class is about to be woven.
     *
     * @param bytes before weaving; not to be changed, may be kept
     */
    boolean isHealable(ClassLoader loader, String className, byte[] bytes);
  }

  private static final boolean LOSES_PARAMETERS = Runtime.version().feature() < 19;

  private final Instrumentation instrumentation;
  private final Selection selection;
  private final Healable healable;
  private final WeaveListener listener;
  private final boolean logs;
  private final Module hookModule;
  private final String hookName;
  private final Map<ClassLoader, Boolean> seesHook =
      Collections.synchronizedMap(new WeakHashMap<>());

  /**
   * @param healable whose regions ask how to go on
   * @param hook the class that woven code calls
   * @param logs whether to hook logging libraries
   */
  public Weaver(
      Instrumentation instrumentation,
      Selection selection,
      Healable healable,
      WeaveListener listener,
      Class<?> hook,
      boolean logs) {
    this.instrumentation = instrumentation;
    this.selection = selection;
    this.healable = healable;
    this.listener = listener;
    this.logs = logs;
    this.hookModule = hook.getModule();
    this.hookName = hook.getName();
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable Module module,
      @Nullable ClassLoader loader,
      @Nullable String className,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] bytes) {
    if (className == null) {
      return null;
    }
    try {
      if (FrameworkWeaver.isTarget(className)) {
        return framework(module, loader, className, bytes);
      }
      String name = className.replace('/', '.');
      return selection.isApplication(loader, name, domain)
          ? application(module, loader, name, redefined, bytes)
          : null;
    } catch (Throwable firebreak) {
      listener.failed(className, firebreak);
      return null;
    }
  }

  private byte @Nullable [] framework(
      @Nullable Module module, @Nullable ClassLoader loader, String className, byte[] bytes) {
    boolean log = className.contains("/logg") || className.startsWith("ch/qos/");
    if ((log && !logs) || (loader != null && !preparedFor(loader))) {
      return null;
    }
    byte[] woven = FrameworkWeaver.weave(className, bytes);
    if (woven != null) {
      letRead(module);
    }
    return woven;
  }

  private byte @Nullable [] application(
      @Nullable Module module,
      @Nullable ClassLoader loader,
      String name,
      @Nullable Class<?> redefined,
      byte[] bytes)
      throws IOException {
    if (loader == null || isSynthetic(bytes) || !preparedFor(loader)) {
      return null;
    }
    ClassWeaver.Result result =
        ClassWeaver.weave(
            bytes,
            lostParameters(redefined, name, bytes),
            healable.isHealable(loader, name, bytes));
    letRead(module);
    listener.learned(name, result.facts());
    return result.bytes();
  }

  private static boolean isSynthetic(byte[] bytes) {
    return (new ClassReader(bytes).getAccess() & Opcodes.ACC_SYNTHETIC) != 0;
  }

  /**
   * Resolves in the loader, once, what woven code names. Afterwards an exception that passes a
   * woven handler needs no Java code of the loader, even on a nearly exhausted stack.
   */
  private boolean preparedFor(ClassLoader loader) {
    Boolean known = seesHook.get(loader);
    if (known == null) {
      known = resolves(loader);
      seesHook.put(loader, known);
    }
    return known;
  }

  private boolean resolves(ClassLoader loader) {
    try {
      for (String caught : MethodWeaver.CAUGHT) {
        Class.forName(caught.replace('/', '.'), false, loader);
      }
      return Class.forName(hookName, false, loader).getModule() == hookModule;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private void letRead(@Nullable Module module) {
    if (module != null && module.isNamed() && !module.canRead(hookModule)) {
      instrumentation.redefineModule(
          module, Set.of(hookModule), Map.of(), Map.of(), Set.of(), Map.of());
    }
  }

  /**
   * Parameter names that a JDK before 19 drops when it hands over a loaded class (JDK-8240908),
   * read from the class file.
   */
  private static Map<String, List<ParameterNode>> lostParameters(
      @Nullable Class<?> redefined, String name, byte[] bytes) throws IOException {
    if (!LOSES_PARAMETERS || redefined == null || !parameters(bytes).isEmpty()) {
      return Map.of();
    }
    ClassLoader loader = redefined.getClassLoader();
    String resource = name.replace('.', '/') + ".class";
    try (InputStream in = loader == null ? null : loader.getResourceAsStream(resource)) {
      return in == null ? Map.of() : parameters(in.readAllBytes());
    }
  }

  private static Map<String, List<ParameterNode>> parameters(byte[] bytes) {
    Map<String, List<ParameterNode>> found = new HashMap<>();
    new ClassReader(bytes)
        .accept(
            new ClassVisitor(Opcodes.ASM9) {
              @Override
              public MethodVisitor visitMethod(
                  int access,
                  String name,
                  String descriptor,
                  @Nullable String signature,
                  String @Nullable [] exceptions) {
                return new MethodNode(
                    Opcodes.ASM9, access, name, descriptor, signature, exceptions) {
                  @Override
                  public void visitEnd() {
                    if (parameters != null) {
                      found.put(name + desc, parameters);
                    }
                  }
                };
              }
            },
            ClassReader.SKIP_CODE);
    return found;
  }
}
