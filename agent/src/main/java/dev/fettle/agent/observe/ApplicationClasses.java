package dev.fettle.agent.observe;

import dev.fettle.agent.weave.ClassFacts;
import dev.fettle.agent.weave.WeaveListener;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The application's classes, by name, as weaving learned them. Thread-safe. */
public final class ApplicationClasses implements WeaveListener {
  private final Map<String, ClassFacts> facts = new ConcurrentHashMap<>();
  private final LongAdder failures = new LongAdder();
  private final Set<String> failed = ConcurrentHashMap.newKeySet();
  private final BiConsumer<String, Throwable> debug;

  /**
   * @param debug told of each class that could not be woven
   */
  public ApplicationClasses(BiConsumer<String, Throwable> debug) {
    this.debug = debug;
  }

  @Override
  public void learned(String name, ClassFacts learned) {
    facts.put(name, learned);
  }

  @Override
  public void failed(String name, Throwable why) {
    failures.increment();
    if (failed.size() < 100 && failed.add(name)) {
      debug.accept(name, why);
    }
  }

  /** Null for classes that are not the application's. */
  public @Nullable ClassFacts facts(String name) {
    return facts.get(name);
  }

  /** Whether the class is the application's. */
  public boolean contains(String name) {
    return facts.containsKey(name);
  }

  /** How many were woven. */
  public int count() {
    return facts.size();
  }

  /** How many could not be woven. */
  public long failures() {
    return failures.sum();
  }
}
