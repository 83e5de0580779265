package dev.fettle.delivery.hotpatch;

import dev.fettle.contract.model.AgentInstance;
import dev.fettle.contract.model.HotPatchReply;
import dev.fettle.contract.model.HotPatchReply.Applied;
import dev.fettle.contract.model.HotPatchReply.Lost;
import dev.fettle.contract.model.HotPatchReply.NotHotPatchable;
import dev.fettle.contract.model.Origin;
import dev.fettle.contract.model.PatchHealth;
import dev.fettle.contract.model.ReplacedClass;
import dev.fettle.contract.spi.AgentLink;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One patch on its way through the instances of a service: a canary, then all, or back. Guarded by
 * its monitor, but for the listener: it takes locks of its own, under which others come here, and
 * so hears without the monitor.
 */
final class Rollout {
  /** What became of it. */
  enum News {
    PROMOTED,
    REVERTED
  }

  private enum Phase {
    CANARY,
    ALL,
    BACK,
    ENDED
  }

  private static final int STRIKES = 3;
  private static final int REVERT_ATTEMPTS = 60;

  /** How often the listener is told the same before it is left out. */
  private static final int TELLINGS = 600;

  private record Report(News news, String detail) {}

  private final AgentLink agents;
  private final String patchId;
  private final Origin failed;
  private final List<ReplacedClass> classes;
  private final Watch watch;
  private final Clock clock;
  private final BiConsumer<News, String> listener;
  private final Map<String, Instant> patched = new LinkedHashMap<>();
  private final Set<String> refused = new LinkedHashSet<>();
  private final Set<String> toRevert = new LinkedHashSet<>();
  private Phase phase = Phase.CANARY;
  private final Deque<Report> untold = new ArrayDeque<>();
  private final AtomicBoolean telling = new AtomicBoolean();
  private int strikes;
  private int attempts;
  private int tellings;

  /**
   * @param failed where the incident was seen: names the service, the revision and the canary
   */
  Rollout(
      AgentLink agents,
      String patchId,
      Origin failed,
      List<ReplacedClass> classes,
      Watch watch,
      Clock clock,
      BiConsumer<News, String> listener) {
    this.agents = agents;
    this.patchId = patchId;
    this.failed = failed;
    this.classes = classes;
    this.watch = watch;
    this.clock = clock;
    this.listener = listener;
  }

  /**
   * Patches the canary: the instance that failed if it is there, else the longest connected.
   *
   * @return why not, in words; empty when the canary runs the patch
   */
  synchronized Optional<String> start() {
    List<String> candidates = eligible();
    if (candidates.isEmpty()) {
      return Optional.of(
          agents.instances(failed.service()).isEmpty()
              ? "no instance of " + failed.service() + " is connected"
              : "no connected instance of " + failed.service() + " runs the failing revision");
    }
    String canary = candidates.contains(failed.instance()) ? failed.instance() : candidates.get(0);
    HotPatchReply reply = agents.apply(canary, patchId, classes, watch.patience());
    if (reply instanceof Applied) {
      patched.put(canary, clock.instant());
      return Optional.empty();
    }
    if (reply instanceof Lost lost) {
      // it may have been applied all the same
      agents.revert(canary, patchId, watch.patience());
      return Optional.of("no answer from " + canary + ": " + lost.reason());
    }
    return Optional.of("not hot-patchable: " + ((NotHotPatchable) reply).reason());
  }

  /** For people: how many instances run it. */
  synchronized String state() {
    return patched.size()
        + " of "
        + Math.max(patched.size(), agents.instances(failed.service()).size())
        + " instances"
        + (phase == Phase.CANARY ? ", canary" : "");
  }

  /** Looks once, and acts. */
  synchronized void look() {
    try {
      switch (phase) {
        case CANARY, ALL -> judge();
        case BACK -> goBack();
        case ENDED -> {}
      }
      strikes = 0;
    } catch (RuntimeException | LinkageError firebreak) {
      // an agent that cannot be asked is watched by nobody: that must not last
      strikes++;
      if (strikes == STRIKES && phase != Phase.BACK) {
        toRevert.addAll(patched.keySet());
        phase = Phase.BACK;
        untold.add(new Report(News.REVERTED, "its health cannot be read: " + firebreak));
      }
    }
  }

  /** Whether there is more to do or to tell. */
  synchronized boolean more() {
    return phase != Phase.ENDED || hasNews();
  }

  /** Whether the listener has not heard everything yet. */
  synchronized boolean hasNews() {
    return !untold.isEmpty();
  }

  /**
   * Tells the listener what it has not heard, in order. A report that it throws at stays, and is
   * told again by a later call; one call at a time, others return at once.
   */
  void tell() {
    if (!telling.compareAndSet(false, true)) {
      return;
    }
    try {
      for (Report report = first(); report != null; report = first()) {
        listener.accept(report.news(), report.detail());
        told(report);
      }
    } catch (RuntimeException | LinkageError firebreak) {
      missed();
    } finally {
      telling.set(false);
    }
  }

  private synchronized @Nullable Report first() {
    return untold.peekFirst();
  }

  private synchronized void told(Report report) {
    untold.remove(report);
    tellings = 0;
  }

  private synchronized void missed() {
    if (++tellings >= TELLINGS) {
      untold.clear();
    }
  }

  private void judge() {
    Optional<String> trouble = trouble();
    if (trouble.isPresent()) {
      goBackEverywhere();
      untold.add(new Report(News.REVERTED, trouble.get()));
    } else if (phase == Phase.CANARY && canaryIsThrough()) {
      phase = Phase.ALL;
      spread();
      untold.add(new Report(News.PROMOTED, "promoted to " + state() + skipped()));
    } else if (phase == Phase.ALL) {
      spread();
    }
  }

  private Optional<String> trouble() {
    Instant now = clock.instant();
    for (Map.Entry<String, Instant> instance : patched.entrySet()) {
      if (Duration.between(instance.getValue(), now).compareTo(watch.window()) > 0) {
        continue;
      }
      Optional<String> trouble = Watch.trouble(health(instance.getKey()));
      if (trouble.isPresent()) {
        return Optional.of(instance.getKey() + ": " + trouble.get());
      }
    }
    return Optional.empty();
  }

  private boolean canaryIsThrough() {
    Map.Entry<String, Instant> canary = patched.entrySet().iterator().next();
    return Duration.between(canary.getValue(), clock.instant()).compareTo(watch.canary()) >= 0
        || health(canary.getKey()).calls() >= watch.calls();
  }

  private PatchHealth health(String instance) {
    return agents.health(instance, patchId);
  }

  /** Patches eligible instances that do not run it yet, those that connected meanwhile included. */
  private void spread() {
    List<String> connected = eligible();
    for (String instance : connected) {
      if (patched.containsKey(instance) || refused.contains(instance)) {
        continue;
      }
      if (agents.apply(instance, patchId, classes, watch.patience()) instanceof Applied) {
        patched.put(instance, clock.instant());
      } else {
        refused.add(instance);
        toRevert.add(instance); // unknown: it may run it all the same
      }
    }
    Instant now = clock.instant();
    // a process that is gone took the patch with it
    patched
        .entrySet()
        .removeIf(
            p ->
                !connected.contains(p.getKey())
                    && Duration.between(p.getValue(), now).compareTo(watch.window()) > 0);
  }

  private String skipped() {
    return refused.isEmpty() ? "" : "; not patched: " + String.join(", ", refused);
  }

  /** Instances of the failing revision, as far as both sides know theirs; longest first. */
  private List<String> eligible() {
    return agents.instances(failed.service()).stream()
        .map(AgentInstance::origin)
        .filter(o -> agree(o.revision(), failed.revision()) && agree(o.version(), failed.version()))
        .map(Origin::instance)
        .toList();
  }

  private static boolean agree(@Nullable String one, @Nullable String other) {
    return one == null || other == null || one.startsWith(other) || other.startsWith(one);
  }

  /**
   * Reverts everywhere because somebody says so, who knows and need not be told; what does not
   * answer is tried again at later looks.
   *
   * @return instances that went back at once
   */
  synchronized int revert() {
    untold.clear();
    return goBackEverywhere();
  }

  private int goBackEverywhere() {
    toRevert.addAll(patched.keySet());
    agents.instances(failed.service()).forEach(i -> toRevert.add(i.origin().instance()));
    patched.clear();
    phase = Phase.BACK;
    int all = toRevert.size();
    goBack();
    return all - toRevert.size();
  }

  private void goBack() {
    attempts++;
    toRevert.removeIf(i -> !(agents.revert(i, patchId, watch.patience()) instanceof Lost));
    if (toRevert.isEmpty() || attempts >= REVERT_ATTEMPTS) {
      phase = Phase.ENDED;
    }
  }

  /** Instances that have not confirmed that they went back. */
  synchronized Set<String> outstanding() {
    return Set.copyOf(toRevert);
  }
}
