package dev.fettle.agent.heal.engine;

import dev.fettle.agent.heal.Chooser;
import dev.fettle.agent.heal.report.HealListener;
import dev.fettle.agent.observe.ApplicationClasses;
import dev.fettle.agent.options.HealInstall;
import dev.fettle.agent.weave.Weaver;
import dev.fettle.boot.Hook;
import dev.fettle.boot.Observer;
import dev.fettle.boot.Site;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.jspecify.annotations.Nullable;

/**
 * A program that a test writes, compiled and loaded as the agent would weave it, in this JVM. One
 * at a time: the hook is one per JVM.
 */
final class HealedProgram implements AutoCloseable {
  private static final Instrumentation JVM = opened(ByteBuddyAgent.install());

  /** What the engine said. */
  final List<String> said = new ArrayList<>();

  /** What it left to the observer. */
  final List<Throwable> observed = Collections.synchronizedList(new ArrayList<>());

  private final Path classes;
  private final ClassLoader loader;
  private final HealEngine engine;

  private HealedProgram(Path classes, Chooser chooser, Map<String, String> options) {
    this.classes = classes;
    List<String> heard = said; // not this: the engine may outlive the program
    ApplicationClasses facts = new ApplicationClasses((name, why) -> heard.add(name + ": " + why));
    this.engine =
        new HealEngine(
            options,
            HealInstall.EAGER,
            chooser,
            HealListener.NOTHING,
            facts,
            keepingIn(observed),
            JVM,
            heard::add,
            heard::add);
    Weaver weaver = new Weaver(JVM, (l, n, d) -> true, engine, facts, Hook.class, false);
    this.loader = new Woven(weaver);
    engine.start();
  }

  /** Holds nothing of the program, which the engine may outlive. */
  private static Observer keepingIn(List<Throwable> observed) {
    return new Observer() {
      @Override
      public void failed(Site site, Throwable thrown, @Nullable Object[] values) {
        observed.add(thrown);
      }
    };
  }

  /** As the agent opens what it reads. */
  private static Instrumentation opened(Instrumentation instrumentation) {
    instrumentation.redefineModule(
        Object.class.getModule(),
        Set.of(),
        Map.of(),
        Map.of("java.lang", Set.of(HealEngine.class.getModule())),
        Set.of(),
        Map.of());
    return instrumentation;
  }

  private final class Woven extends ClassLoader {
    private final Weaver weaver;

    Woven(Weaver weaver) {
      super(HealedProgram.class.getClassLoader());
      this.weaver = weaver;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      Path file = classes.resolve(name.replace('.', '/') + ".class");
      try {
        byte[] bytes = Files.readAllBytes(file);
        byte[] woven = weaver.transform(null, this, name.replace('.', '/'), null, null, bytes);
        byte[] used = woven == null ? bytes : woven;
        return defineClass(name, used, 0, used.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  /** Compiles members of a class {@code p.P}. */
  static HealedProgram of(Path directory, Chooser chooser, String members) throws IOException {
    return of(directory, chooser, Map.of(), members, "-g");
  }

  static HealedProgram of(
      Path directory, Chooser chooser, Map<String, String> options, String members, String... how)
      throws IOException {
    Path source = directory.resolve("P.java");
    Files.writeString(
        source,
        "package p;\nimport java.util.*;\nimport java.util.function.*;\npublic class P {\n"
            + members
            + "\n}\n");
    Path classes = Files.createDirectories(directory.resolve("classes"));
    List<String> arguments =
        Stream.concat(
                Stream.of(how), Stream.of("-nowarn", "-d", classes.toString(), source.toString()))
            .toList();
    int rc =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    if (rc != 0) {
      throw new IllegalArgumentException("does not compile: " + members);
    }
    return new HealedProgram(classes, chooser, options);
  }

  /** Calls a static method of {@code p.P}. */
  Object call(String name, Object... arguments) throws Throwable {
    for (Method method : loader.loadClass("p.P").getDeclaredMethods()) {
      if (method.getName().equals(name)) {
        method.setAccessible(true);
        try {
          return method.invoke(null, arguments);
        } catch (InvocationTargetException e) {
          throw e.getCause();
        }
      }
    }
    throw new NoSuchMethodException(name);
  }

  long heals() {
    return engine.heals();
  }

  HealEngine engine() {
    return engine;
  }

  @Override
  public void close() {
    engine.stop();
  }
}
