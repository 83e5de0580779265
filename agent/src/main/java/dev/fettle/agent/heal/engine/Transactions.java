package dev.fettle.agent.heal.engine;

import dev.fettle.agent.options.InTransaction;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Open transactions of the application's own Spring, found by name. A heal in one is refused,
 * allowed, or dooms it: then a synchronization of the transaction throws the healed throwable
 * before the commit, which rolls back and hands that very throwable to who called the boundary.
 * Thread-safe.
 */
final class Transactions {
  private static final String SUPPORT = "org.springframework.transaction.support.";

  private record Api(
      MethodHandle active,
      Optional<MethodHandle> synchronizing,
      Optional<MethodHandle> register,
      Optional<Class<?>> synchronization) {}

  /** What is to be done about one failure. */
  enum Answer {
    HEAL,
    DOOM,
    LEAVE
  }

  private final @Nullable InTransaction own;
  private final Supplier<@Nullable InTransaction> told;

  // kept by the class that failed: a map by loader would hold the loader through the handles
  private final ClassValue<Optional<Api>> apis =
      new ClassValue<>() {
        @Override
        protected Optional<Api> computeValue(Class<?> type) {
          ClassLoader loader = type.getClassLoader();
          return loader == null ? Optional.empty() : find(loader);
        }
      };

  // an agent has one of this
  @SuppressWarnings("ThreadLocalUsage")
  private final ThreadLocal<@Nullable Doom> doomed = new ThreadLocal<>();

  /**
   * @param options {@code in-transaction}: {@code refuse}, {@code rollback} or {@code allow};
   *     absent for what the server says
   * @param told what the server says; null while it says nothing
   */
  Transactions(Map<String, String> options, Supplier<@Nullable InTransaction> told) {
    String word = options.get("in-transaction");
    this.own = word == null ? null : InTransaction.of(word).orElse(InTransaction.REFUSE);
    this.told = told;
  }

  private InTransaction policy() {
    InTransaction said = told.get();
    if (own == null || said == null) {
      return own != null ? own : said != null ? said : InTransaction.REFUSE;
    }
    return own.min(said);
  }

  /** What policy says of a failure in this class on this thread now. */
  Answer ask(Class<?> failing, Throwable thrown) {
    Api api = apis.get(failing).orElse(null);
    if (api == null) {
      return Answer.HEAL;
    }
    try {
      if (!(boolean) api.active.invokeExact()) {
        return Answer.HEAL;
      }
      return switch (policy()) {
        case ALLOW -> Answer.HEAL;
        case REFUSE -> Answer.LEAVE;
        // a checked exception does not roll back; the commit could not even throw it
        case ROLLBACK ->
            thrown instanceof RuntimeException
                    && api.synchronizing.isPresent()
                    && (boolean) api.synchronizing.get().invokeExact()
                ? Answer.DOOM
                : Answer.LEAVE;
      };
    } catch (Throwable firebreak) {
      // the framework's own trouble: better not touch anything
      return Answer.LEAVE;
    }
  }

  /** Sees to it that this thread's transaction ends with the throwable; says whether it will. */
  boolean doom(Class<?> failing, Throwable thrown) {
    Api api = apis.get(failing).orElse(null);
    if (doomed.get() != null) {
      return true; // the first throwable counts
    }
    if (api == null || api.register.isEmpty() || api.synchronization.isEmpty()) {
      return false;
    }
    try {
      Doom doom = new Doom(doomed, thrown);
      Class<?> type = api.synchronization.get();
      Object proxy = Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, doom);
      api.register.get().invoke(proxy);
      doomed.set(doom);
      return true;
    } catch (Throwable firebreak) {
      return false;
    }
  }

  private static Optional<Api> find(ClassLoader loader) {
    MethodHandles.Lookup lookup = MethodHandles.publicLookup();
    MethodType flag = MethodType.methodType(boolean.class);
    try {
      Class<?> type = Class.forName(SUPPORT + "TransactionSynchronizationManager", false, loader);
      MethodHandle active = lookup.findStatic(type, "isActualTransactionActive", flag);
      try {
        Class<?> synchronization =
            Class.forName(SUPPORT + "TransactionSynchronization", false, loader);
        return Optional.of(
            new Api(
                active,
                Optional.of(lookup.findStatic(type, "isSynchronizationActive", flag)),
                Optional.of(
                    lookup.findStatic(
                        type,
                        "registerSynchronization",
                        MethodType.methodType(void.class, synchronization))),
                Optional.of(synchronization)));
      } catch (ReflectiveOperationException | LinkageError older) {
        return Optional.of(new Api(active, Optional.empty(), Optional.empty(), Optional.empty()));
      }
    } catch (ReflectiveOperationException | LinkageError none) {
      return Optional.empty();
    }
  }

  /** Throws before the commit. One transaction, one thread at a time. */
  private static final class Doom implements InvocationHandler {
    private static final int FIRST = Integer.MIN_VALUE;

    private final ThreadLocal<@Nullable Doom> mark;
    private final Throwable thrown;

    Doom(ThreadLocal<@Nullable Doom> mark, Throwable thrown) {
      this.mark = mark;
      this.thrown = thrown;
    }

    @Override
    public @Nullable Object invoke(
        Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
      switch (method.getName()) {
        case "beforeCommit" -> throw thrown;
        case "afterCompletion", "suspend" -> mark.remove();
        case "resume" -> mark.set(this);
        case "getOrder" -> {
          return FIRST;
        }
        case "equals" -> {
          return arguments != null && proxy == arguments[0];
        }
        case "hashCode" -> {
          return System.identityHashCode(proxy);
        }
        case "toString" -> {
          return "a heal dooms this transaction: " + thrown.getClass().getName();
        }
        default -> {
          // nothing else matters
        }
      }
      return null;
    }
  }
}
