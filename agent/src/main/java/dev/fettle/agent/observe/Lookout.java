package dev.fettle.agent.observe;

import dev.fettle.agent.weave.Catch;
import dev.fettle.agent.weave.ClassFacts;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A quick look up the stack: whether any method there has a clause that could catch a throwable at
 * all, by names only. Most stacks have none, and need no {@link Judge}. Thread-safe.
 */
public final class Lookout {
  private static final int FRAMES = 512;

  private final StackWalker walker =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);
  private final ApplicationClasses classes;
  private final ClassValue<Set<String>> types =
      new ClassValue<>() {
        @Override
        protected Set<String> computeValue(Class<?> thrown) {
          Set<String> names = new HashSet<>();
          for (Class<?> type = thrown; type != null; type = type.getSuperclass()) {
            names.add(type.getName());
          }
          return Set.copyOf(names);
        }
      };

  // asked for most frames of most stacks
  private final ClassValue<Boolean> retries =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          return Judge.isRetry(type.getName());
        }
      };

  public Lookout(ApplicationClasses classes) {
    this.classes = classes;
  }

  /** True when nothing on the stack could be meant for it; false when it takes a closer look. */
  public boolean isClear(Throwable thrown) {
    Set<String> wanted = types.get(thrown.getClass());
    Look look = new Look(wanted);
    // a stream that may end early costs as much again as the walk
    walker.forEach(look);
    return !look.found;
  }

  /** One look; of endless recursions only the frames next to the failure count. */
  private final class Look implements Consumer<StackWalker.StackFrame> {
    private final Set<String> wanted;
    private int left = FRAMES;
    private boolean found;

    Look(Set<String> wanted) {
      this.wanted = wanted;
    }

    @Override
    public void accept(StackWalker.StackFrame frame) {
      if (!found && left-- > 0) {
        found = mayCatch(frame, wanted);
      }
    }
  }

  private boolean mayCatch(StackWalker.StackFrame frame, Set<String> wanted) {
    Class<?> type = frame.getDeclaringClass();
    if (type.getClassLoader() == null) {
      return false;
    }
    ClassFacts facts = classes.facts(type.getName());
    if (facts == null) {
      return retries.get(type);
    }
    if (facts.catches().isEmpty()) {
      return false;
    }
    String method = frame.getMethodName();
    for (Map.Entry<String, List<Catch>> each : facts.catches().entrySet()) {
      String key = each.getKey();
      if (key.startsWith(method)
          && key.charAt(method.length()) == '('
          && each.getValue().stream().anyMatch(clause -> wanted.contains(clause.type()))) {
        return true;
      }
    }
    return false;
  }
}
