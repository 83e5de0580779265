package dev.fettle.wire;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What travels between agent and server. Field limits are those of {@link Limits}. */
public sealed interface Message {

  /** From agent to server. */
  sealed interface FromAgent extends Message
      permits Hello,
          Occurrence,
          Counted,
          Heartbeat,
          PatchReply,
          PatchHealth,
          HealMessage.Healed,
          HealMessage.HealOutcome,
          HealMessage.HealCounted,
          HealMessage.SnippetReply,
          HealMessage.RemediesFit {}

  /** From server to agent. */
  sealed interface FromServer extends Message
      permits Ack,
          ApplyPatch,
          RevertPatch,
          HealMessage.HealRules,
          HealMessage.InstallSnippet,
          HealMessage.PreferRemedy {}

  /**
   * Opens every body that an agent posts.
   *
   * @param instance unique per process start
   */
  record Hello(
      String instance,
      String service,
      @Nullable String version,
      @Nullable String revision,
      @Nullable String javaVersion,
      long pid,
      String agentVersion)
      implements FromAgent {}

  /**
   * A failure.
   *
   * @param id unique; the same id twice is one occurrence
   * @param thrownAt wall clock, milliseconds since the epoch
   * @param reason why it counts as unanticipated, in words
   * @param repeats how many failures of this kind it stands for, at least 1
   */
  record Occurrence(
      String id,
      Kind kind,
      long thrownAt,
      String thread,
      Thrown thrown,
      @Nullable Exchange exchange,
      String reason,
      long repeats)
      implements FromAgent {

    /** How it was noticed. */
    public enum Kind {
      /** While the throwable unwound application frames. */
      THROWN,
      /** Because it was logged at error level; trace only. */
      LOGGED
    }
  }

  /**
   * Totals since the process started, by reason: resending is harmless.
   *
   * @param dropped occurrences that were seen and not sent
   * @param anticipated failures that application code was prepared for, such as {@code answered
   *     404}
   */
  record Counted(Map<String, Long> dropped, Map<String, Long> anticipated) implements FromAgent {
    public Counted {
      dropped = Map.copyOf(dropped);
      anticipated = Map.copyOf(anticipated);
    }
  }

  /** Sign of life, every {@link Limits#HEARTBEAT_MILLIS}. */
  record Heartbeat(long at) implements FromAgent {}

  /**
   * What became of an {@link ApplyPatch} or {@link RevertPatch}.
   *
   * @param refusal why not; null when done
   * @param at wall clock of the change, milliseconds since the epoch
   */
  record PatchReply(String patchId, Action action, @Nullable String refusal, long at)
      implements FromAgent {

    /** What was asked for. */
    public enum Action {
      APPLY,
      REVERT
    }
  }

  /** What the instance saw of a patch; means what {@code PatchHealth} of the contract means. */
  record PatchHealth(
      String patchId,
      long calls,
      long thrownSince,
      long thrownBefore,
      String newExceptionClass,
      long serverErrorsSince,
      long serverErrorsBefore)
      implements FromAgent {}

  /** Occurrences that are stored for good; the agent forgets them. */
  record Ack(List<String> ids) implements FromServer {
    public Ack {
      ids = List.copyOf(ids);
    }
  }

  /** Redefine these classes. */
  record ApplyPatch(String patchId, List<NewClass> classes) implements FromServer {
    public ApplyPatch {
      classes = List.copyOf(classes);
    }
  }

  /** A whole class file. {@code name} is the binary name. */
  record NewClass(String name, byte[] bytes) {}

  /** Put the former bytes back. */
  record RevertPatch(String patchId) implements FromServer {}
}
