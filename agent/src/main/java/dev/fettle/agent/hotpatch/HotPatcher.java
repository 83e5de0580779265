package dev.fettle.agent.hotpatch;

import dev.fettle.agent.hotpatch.HotPatchResult.Applied;
import dev.fettle.agent.hotpatch.HotPatchResult.NotHotPatchable;
import dev.fettle.boot.hotpatch.PatchProbe;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.objectweb.asm.tree.MethodNode;

/**
 * Replaces method bodies of loaded classes. Only the bodies that a patch changed are grafted into
 * the class file that was loaded; code that cannot be added to a running class goes to a hidden
 * nestmate. Other agents' transformers run on the result as on the original; create this before
 * those of the agent that retransform are added, so that they see patches. All or nothing: refused
 * patches leave every class as it was. Guarded by its monitor; host threads never take it.
 */
public final class HotPatcher implements AutoCloseable {
  private static final Duration BEFORE = Duration.ofMinutes(5);

  private final ThrowHistory history;
  private final Clock clock;
  private final Guard guard;
  private final PatchedClasses classes;
  private final Map<String, Patch> patches = new LinkedHashMap<>();
  private int sequence;

  /** With nothing known of the past and class files read as resources. */
  public HotPatcher(Instrumentation instrumentation, Path guardDirectory) {
    this(
        instrumentation,
        guardDirectory,
        OriginalBytes.RESOURCES,
        ThrowHistory.UNKNOWN,
        Clock.systemUTC());
  }

  /**
   * Counts deaths of earlier processes at once.
   *
   * @param guardDirectory survives restarts; created by the first patch
   */
  public HotPatcher(
      Instrumentation instrumentation,
      Path guardDirectory,
      OriginalBytes originals,
      ThrowHistory history,
      Clock clock) {
    this.history = history;
    this.clock = clock;
    this.guard = new Guard(guardDirectory, clock);
    this.classes = new PatchedClasses(instrumentation, originals);
  }

  private record Patch(
      int slot, Instant at, List<String> methods, long thrownBefore, Set<String> expected) {}

  /**
   * What happened in patched methods since the patch was applied.
   *
   * @param thrownBefore in the five minutes before; 0 when unknown
   * @param newExceptionClass one that left a patched method only since and that the patched code
   *     does not itself construct; empty for none
   */
  public record Health(long calls, long thrownSince, long thrownBefore, String newExceptionClass) {}

  /**
   * Applies a patch; the same id again changes nothing.
   *
   * @param newClassFiles by binary name: the whole class files of every class of the changed
   *     sources
   */
  public synchronized HotPatchResult apply(String patchId, Map<String, byte[]> newClassFiles) {
    Patch running = patches.get(patchId);
    if (running != null) {
      return new Applied(running.at(), running.methods());
    }
    Optional<String> objection = guard.objection(patchId);
    if (objection.isPresent()) {
      return new NotHotPatchable(objection.get());
    }
    try {
      guard.trying(patchId);
    } catch (IOException e) {
      return new NotHotPatchable("the guard against crash loops cannot be written: " + e);
    }
    try {
      return applied(patchId, newClassFiles);
    } catch (Refused refused) {
      guard.forget(patchId);
      return new NotHotPatchable(refused.reason());
    } catch (Exception | LinkageError firebreak) {
      // hostile or odd class files may fail anywhere; the JVM redefines all classes or none
      guard.forget(patchId);
      return new NotHotPatchable("the JVM refused: " + firebreak);
    }
  }

  private HotPatchResult applied(String patchId, Map<String, byte[]> newClassFiles)
      throws Exception {
    int slot = PatchProbe.open();
    Map<ClassLoader, PatchPlan> plans = new HashMap<>();
    Set<String> methods = new TreeSet<>();
    Set<String> expected = new HashSet<>();
    long before = 0;
    for (ClassLoader loader : classes.loadersOf(newClassFiles.keySet())) {
      PatchPlan plan = classes.plan(loader, newClassFiles, ++sequence, slot);
      if (!plan.isEmpty()) {
        plans.put(loader, plan);
        expected.addAll(plan.constructed());
      }
    }
    if (plans.isEmpty()) {
      throw new Refused("no method body differs from what runs");
    }
    for (PatchPlan plan : plans.values()) {
      for (Map.Entry<String, Map<String, MethodNode>> graft : plan.grafts().entrySet()) {
        for (String method : graft.getValue().keySet()) {
          String owner = graft.getKey().replace('/', '.');
          String name = method.substring(0, method.indexOf('('));
          if (methods.add(owner + "." + name)) {
            ThrowHistory.Seen seen = history.left(owner, name, BEFORE);
            before += seen.count();
            expected.addAll(seen.classes());
          }
        }
      }
    }
    classes.install(patchId, plans);
    Patch patch = new Patch(slot, clock.instant(), List.copyOf(methods), before, expected);
    patches.put(patchId, patch);
    return new Applied(patch.at(), patch.methods());
  }

  /** Puts back what ran before; a patch that is not there is reverted already. */
  public synchronized HotPatchResult revert(String patchId) {
    try {
      classes.remove(patchId);
    } catch (Exception | LinkageError firebreak) {
      return new NotHotPatchable("the JVM refused to go back: " + firebreak);
    }
    patches.remove(patchId);
    guard.forget(patchId);
    return new Applied(clock.instant(), List.of());
  }

  /** What happened so far; empty when the patch is not applied. */
  public synchronized Optional<Health> health(String patchId) {
    Patch patch = patches.get(patchId);
    if (patch == null) {
      return Optional.empty();
    }
    guard.settle(patchId, patch.at());
    String unknown =
        PatchProbe.classes(patch.slot()).stream()
            .filter(c -> !patch.expected().contains(c))
            .sorted()
            .findFirst()
            .orElse("");
    return Optional.of(
        new Health(
            PatchProbe.calls(patch.slot()),
            PatchProbe.thrown(patch.slot()),
            patch.thrownBefore(),
            unknown));
  }

  /** Ids of the patches that run, oldest first. */
  public synchronized List<String> running() {
    return new ArrayList<>(patches.keySet());
  }

  /** The process ends in good order, whatever runs in it. The patches stay. */
  @Override
  public synchronized void close() {
    patches.keySet().forEach(guard::forget);
    classes.release();
  }
}
