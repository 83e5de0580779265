package dev.fettle.delivery.hotpatch;

import dev.fettle.contract.model.AgentInstance;
import dev.fettle.contract.model.HotPatchReply;
import dev.fettle.contract.model.Origin;
import dev.fettle.contract.model.PatchHealth;
import dev.fettle.contract.model.ReplacedClass;
import dev.fettle.contract.spi.AgentLink;
import dev.fettle.delivery.Repairs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Instances that do as told and remember what runs where. */
final class ScriptedAgents implements AgentLink {
  final Map<String, AgentInstance> connected = new LinkedHashMap<>();
  final Set<String> patched = new TreeSet<>();
  final List<String> calls = new ArrayList<>();
  final Map<String, HotPatchReply> replies = new HashMap<>();
  final Map<String, PatchHealth> health = new HashMap<>();
  final Set<String> mute = new TreeSet<>();
  boolean unreadable;

  ScriptedAgents connect(String instance, String revision) {
    connected.put(
        instance,
        new AgentInstance(
            new Origin("shop", instance, null, revision, null, "agent"),
            1,
            Repairs.NOW,
            Repairs.NOW));
    return this;
  }

  @Override
  public List<AgentInstance> instances(String service) {
    return service.equals("shop") ? List.copyOf(connected.values()) : List.of();
  }

  @Override
  public HotPatchReply apply(
      String instance, String patchId, List<ReplacedClass> classes, Duration timeout) {
    calls.add("apply " + instance);
    HotPatchReply reply = replies.getOrDefault(instance, new HotPatchReply.Applied(Repairs.NOW));
    if (!(reply instanceof HotPatchReply.NotHotPatchable)) {
      patched.add(instance);
    }
    return reply;
  }

  @Override
  public HotPatchReply revert(String instance, String patchId, Duration timeout) {
    calls.add("revert " + instance);
    if (mute.contains(instance)) {
      return new HotPatchReply.Lost("no answer");
    }
    patched.remove(instance);
    return new HotPatchReply.Applied(Repairs.NOW);
  }

  @Override
  public PatchHealth health(String instance, String patchId) {
    if (unreadable) {
      throw new IllegalStateException("broken");
    }
    return health.getOrDefault(instance, new PatchHealth(0, 0, 0, "", 0, 0, 0));
  }
}
