package dev.fettle.contract.spi;

import dev.fettle.contract.model.AgentInstance;
import dev.fettle.contract.model.HotPatchReply;
import dev.fettle.contract.model.PatchHealth;
import dev.fettle.contract.model.ReplacedClass;
import java.time.Duration;
import java.util.List;

/** The way to connected agents. Thread-safe. */
public interface AgentLink {
  /** Connected instances of a service, longest connected first. */
  List<AgentInstance> instances(String service);

  /** Redefines classes in one instance; waits at most {@code timeout}. */
  HotPatchReply apply(
      String instance, String patchId, List<ReplacedClass> classes, Duration timeout);

  /** Puts the kept bytes back; waits at most {@code timeout}. */
  HotPatchReply revert(String instance, String patchId, Duration timeout);

  /** What the instance saw of a patch so far. */
  PatchHealth health(String instance, String patchId);
}
