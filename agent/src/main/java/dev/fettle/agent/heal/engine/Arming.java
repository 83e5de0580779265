package dev.fettle.agent.heal.engine;

import dev.fettle.agent.observe.Judge;
import dev.fettle.agent.observe.Judgement;
import dev.fettle.agent.observe.Relay;
import dev.fettle.boot.Observer;
import dev.fettle.boot.Site;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Prepares classes for healing after their first unanticipated failure, which itself is not healed.
 * Passes everything on to the observer. Thread-safe.
 */
final class Arming extends Relay {
  private final Judge judge;
  private final Retransformation retransformation;
  private final Predicate<String> excluded;
  private final Map<ClassLoader, Set<String>> armed =
      Collections.synchronizedMap(new WeakHashMap<>());

  Arming(
      Observer next, Judge judge, Retransformation retransformation, Predicate<String> excluded) {
    super(next);
    this.judge = judge;
    this.retransformation = retransformation;
    this.excluded = excluded;
  }

  boolean isArmed(@Nullable ClassLoader loader, String className) {
    Set<String> names = loader == null ? null : armed.get(loader);
    return names != null && names.contains(className);
  }

  @Override
  public void failed(Site site, Throwable thrown, @Nullable Object[] values) {
    super.failed(site, thrown, values);
    ClassLoader loader = site.owner().getClassLoader();
    String name = site.owner().getName();
    if (thrown instanceof Exception
        && loader != null
        && !isArmed(loader, name)
        && !excluded.test(name)
        && judge.judge(site, thrown).outlook() == Judgement.Outlook.UNANTICIPATED) {
      armed.computeIfAbsent(loader, l -> ConcurrentHashMap.newKeySet()).add(name);
      retransformation.request(site.owner());
    }
  }
}
