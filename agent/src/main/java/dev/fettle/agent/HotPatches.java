package dev.fettle.agent;

import dev.fettle.wire.Message;
import java.util.List;

/** What the agent needs of whoever redefines classes. */
interface HotPatches {
  Message.PatchReply apply(Message.ApplyPatch command);

  Message.PatchReply revert(Message.RevertPatch command);

  /** What was seen of each patch in force. */
  List<Message> health();

  /** Refuses everything. */
  static HotPatches none() {
    return new HotPatches() {
      @Override
      public Message.PatchReply apply(Message.ApplyPatch command) {
        return refuse(command.patchId(), Message.PatchReply.Action.APPLY);
      }

      @Override
      public Message.PatchReply revert(Message.RevertPatch command) {
        return refuse(command.patchId(), Message.PatchReply.Action.REVERT);
      }

      @Override
      public List<Message> health() {
        return List.of();
      }
    };
  }

  private static Message.PatchReply refuse(String id, Message.PatchReply.Action action) {
    return new Message.PatchReply(
        id, action, "this agent redefines nothing", System.currentTimeMillis());
  }
}
