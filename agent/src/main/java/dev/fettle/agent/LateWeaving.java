package dev.fettle.agent;

import dev.fettle.agent.options.ApplicationScope;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;

/** Weaves what was loaded before the agent was attached. */
final class LateWeaving {
  private static final boolean LOSES_PARAMETERS = Runtime.version().feature() < 19;

  private final Instrumentation instrumentation;
  private final ApplicationScope scope;
  private final Console console;

  LateWeaving(Instrumentation instrumentation, ApplicationScope scope, Console console) {
    this.instrumentation = instrumentation;
    this.scope = scope;
    this.console = console;
  }

  void weaveLoaded() {
    int failed = 0;
    for (Class<?> type : instrumentation.getAllLoadedClasses()) {
      try {
        // asks the class's loader, which may be one that was stopped
        if (isCandidate(type)) {
          instrumentation.retransformClasses(type);
        }
      } catch (UnmodifiableClassException | LinkageError | RuntimeException e) {
        failed++;
        console.debug("not woven: " + type.getName() + ": " + e);
      }
    }
    if (failed > 0) {
      console.say(failed + " loaded classes could not be woven");
    }
  }

  private boolean isCandidate(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    return loader != null
        && !type.isArray()
        && !type.isHidden()
        && instrumentation.isModifiableClass(type)
        && scope.isApplication(loader, type.getName(), type.getProtectionDomain())
        && (!LOSES_PARAMETERS
            || loader.getResource(type.getName().replace('.', '/') + ".class") != null);
  }
}
