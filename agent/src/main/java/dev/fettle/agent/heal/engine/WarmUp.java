package dev.fettle.agent.heal.engine;

import dev.fettle.agent.weave.ClassFacts;
import dev.fettle.agent.weave.WeaveListener;
import dev.fettle.agent.weave.Weaver;
import dev.fettle.boot.Hook;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Heals a program of our own, so that what healing needs is loaded and linked. */
final class WarmUp {
  /** The program's class; another one of that name does not exist. */
  static final String PROGRAM = "dev.fettle.agent.heal.engine.WarmUpProgram";

  private static final int ROUNDS = 2;

  /** As many as are copied of an array that is shown. */
  private static final int ELEMENTS = 100;

  private final Instrumentation instrumentation;
  private final Weaver.Healable healable;
  private final Consumer<String> debug;

  WarmUp(Instrumentation instrumentation, Weaver.Healable healable, Consumer<String> debug) {
    this.instrumentation = instrumentation;
    this.healable = healable;
    this.debug = debug;
  }

  private static final class Stage extends ClassLoader {
    Stage() {
      super(WarmUp.class.getClassLoader());
    }

    Class<?> define(byte[] bytes) {
      return defineClass(PROGRAM, bytes, 0, bytes.length);
    }
  }

  private enum Nobody implements WeaveListener {
    LISTENS;

    @Override
    public void learned(String name, ClassFacts facts) {}

    @Override
    public void failed(String name, Throwable why) {}
  }

  /**
   * Each round anew: a place that is known is not decided again. May be run again, for what runs
   * often enough to be compiled.
   */
  void run() {
    String path = PROGRAM.replace('.', '/');
    try (InputStream in = WarmUp.class.getClassLoader().getResourceAsStream(path + ".class")) {
      if (in == null) {
        debug.accept("healing is not warmed up: no program");
        return;
      }
      Weaver weaver =
          new Weaver(
              instrumentation,
              (loader, name, domain) -> true,
              healable,
              Nobody.LISTENS,
              Hook.class,
              false);
      byte[] program = in.readAllBytes();
      for (int round = 0; round < ROUNDS; round++) {
        Stage stage = new Stage();
        byte[] woven = weaver.transform(null, stage, path, null, null, program);
        if (woven != null) {
          play(stage.define(woven));
        }
      }
    } catch (IOException | LinkageError | IllegalAccessException e) {
      debug.accept("healing is not warmed up: " + e);
    }
  }

  private static void play(Class<?> program) throws IllegalAccessException {
    Map<String, @Nullable Object[]> calls = new HashMap<>();
    calls.put("index", new Object[] {new int[ELEMENTS], -1});
    calls.put("text", new Object[] {"a text of some words"});
    calls.put("lookup", new Object[] {new HashMap<>(), List.of("a", "b")});
    calls.put("parsed", new Object[] {"7 apples"});
    calls.put("quotient", new Object[] {1, 0});
    calls.put("grid", new Object[] {new int[][] {{1}}, -1, 0});
    calls.put("list", new Object[] {new ArrayList<>(List.of(1)), 3});
    calls.put("filled", new Object[] {2});
    calls.put("found", new Object[] {new HashMap<>(), "a"});
    calls.put("field", new Object[] {new WarmUpProgram.Link()});
    calls.put("sum", new Object[] {new WarmUpProgram.Link()});
    for (Method method : program.getDeclaredMethods()) {
      Object[] arguments = calls.get(method.getName());
      if (arguments != null) {
        play(method, arguments);
      }
    }
  }

  private static void play(Method method, @Nullable Object[] arguments)
      throws IllegalAccessException {
    method.setAccessible(true);
    try {
      method.invoke(null, arguments);
    } catch (InvocationTargetException e) {
      // not every failure has a treatment
      return;
    }
  }
}
