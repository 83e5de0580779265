package dev.fettle.agent;

import dev.fettle.agent.hotpatch.HotPatchResult;
import dev.fettle.agent.hotpatch.HotPatcher;
import dev.fettle.agent.observe.ServerErrors;
import dev.fettle.wire.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Carries the server's commands to the hot patcher and its answers back. Thread-safe. */
final class RedefinedClasses {
  private static final long BEFORE_SECONDS = 300;

  private final HotPatcher patcher;
  private final ServerErrors serverErrors;
  private final Map<String, Long> appliedNanos = new ConcurrentHashMap<>();

  RedefinedClasses(HotPatcher patcher, ServerErrors serverErrors) {
    this.patcher = patcher;
    this.serverErrors = serverErrors;
  }

  Message.PatchReply apply(Message.ApplyPatch command) {
    Map<String, byte[]> classes = new LinkedHashMap<>();
    command.classes().forEach(c -> classes.put(c.name(), c.bytes()));
    HotPatchResult result = patcher.apply(command.patchId(), classes);
    if (result instanceof HotPatchResult.Applied) {
      appliedNanos.putIfAbsent(command.patchId(), System.nanoTime());
    }
    return reply(command.patchId(), Message.PatchReply.Action.APPLY, result);
  }

  Message.PatchReply revert(Message.RevertPatch command) {
    HotPatchResult result = patcher.revert(command.patchId());
    appliedNanos.remove(command.patchId());
    return reply(command.patchId(), Message.PatchReply.Action.REVERT, result);
  }

  /** The process ends in good order: no patch is what ended it. */
  void close() {
    patcher.close();
  }

  private static Message.PatchReply reply(
      String id, Message.PatchReply.Action action, HotPatchResult result) {
    if (result instanceof HotPatchResult.Applied applied) {
      return new Message.PatchReply(id, action, null, applied.at().toEpochMilli());
    }
    String reason = ((HotPatchResult.NotHotPatchable) result).reason();
    return new Message.PatchReply(id, action, reason, System.currentTimeMillis());
  }

  /** What was seen of each patch that runs. */
  List<Message> health() {
    List<Message> all = new ArrayList<>();
    for (String id : patcher.running()) {
      long since = appliedNanos.getOrDefault(id, System.nanoTime());
      long seconds = (System.nanoTime() - since) / 1_000_000_000L + 1;
      patcher
          .health(id)
          .ifPresent(
              h ->
                  all.add(
                      new Message.PatchHealth(
                          id,
                          h.calls(),
                          h.thrownSince(),
                          h.thrownBefore(),
                          h.newExceptionClass(),
                          serverErrors.between(0, seconds),
                          serverErrors.between(seconds, seconds + BEFORE_SECONDS))));
    }
    return all;
  }
}
