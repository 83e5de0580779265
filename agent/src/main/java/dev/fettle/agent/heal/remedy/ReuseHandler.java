package dev.fettle.agent.heal.remedy;

import dev.fettle.agent.heal.Action;
import dev.fettle.agent.heal.Failure;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

/**
 * Throws what a handler around the statement was written for, with the failure as its cause.
 * Source: error transformation in Ares (Gu et al. 2016).
 */
record ReuseHandler() implements Remedy {
  @Override
  public String name() {
    return "reuse-handler";
  }

  @Override
  public String page() {
    return "reuse-handler";
  }

  @Override
  public @Nullable Plan plan(Scene scene) {
    String type = handledType(scene);
    if (type == null || converted(scene.failure(), type) == null) {
      return null;
    }
    return failure -> {
      Throwable converted = converted(failure, type);
      return converted == null ? null : new Action.Throw(converted);
    };
  }

  /** Internal name of the type of the innermost specific handler around the region. */
  private static @Nullable String handledType(Scene scene) {
    MethodNode method = scene.method();
    for (TryCatchBlockNode block : method.tryCatchBlocks) {
      boolean around =
          method.instructions.indexOf(block.start) <= scene.site().regionFirst()
              && method.instructions.indexOf(block.end) > scene.site().regionFirst();
      if (around && block.type != null && isSpecific(block.type)) {
        return block.type;
      }
    }
    return null;
  }

  private static boolean isSpecific(String type) {
    return switch (type) {
      case "java/lang/Throwable",
          "java/lang/Exception",
          "java/lang/RuntimeException",
          "java/lang/Error",
          "java/lang/InterruptedException",
          "java/lang/ThreadDeath" ->
          false;
      default -> !type.endsWith("Error");
    };
  }

  private static @Nullable Throwable converted(Failure failure, String internalName) {
    try {
      Class<?> type =
          Class.forName(
              internalName.replace('/', '.'),
              false,
              failure.lookup().lookupClass().getClassLoader());
      MethodHandle constructor =
          failure.lookup().findConstructor(type, MethodType.methodType(void.class, String.class));
      Throwable made = (Throwable) constructor.invoke(failure.thrown().toString());
      return made.getCause() == null ? made.initCause(failure.thrown()) : made;
    } catch (Error e) {
      throw e;
    } catch (Throwable notToBeMade) {
      return null;
    }
  }
}
