package dev.fettle.wire;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What agent and server tell each other about healing. Field limits are those of {@link Limits}.
 */
public sealed interface HealMessage {

  /**
   * A failing statement was healed.
   *
   * @param id unique; the same id twice is one heal
   * @param at wall clock, milliseconds since the epoch
   * @param line of the statement; 0 when unknown
   * @param rung {@code typed}, {@code contained} or {@code full}
   * @param action where the program went on, in words
   * @param confidence in thousandths
   * @param evidence what the confidence was counted from, one line each
   * @param callers what callers of the method get that they would not have got, in words
   * @param before variables when the statement failed; empty when only counted
   * @param after the same when the program went on
   * @param repeats how many heals of this place and remedy it stands for, at least 1
   */
  record Healed(
      String id,
      long at,
      String thread,
      String className,
      String method,
      String descriptor,
      int line,
      Thrown thrown,
      String remedy,
      String rung,
      String action,
      String rationale,
      int confidence,
      List<String> evidence,
      String callers,
      List<Local> before,
      List<Local> after,
      long repeats)
      implements HealMessage, Message.FromAgent {
    public Healed {
      evidence = List.copyOf(evidence);
      before = List.copyOf(before);
      after = List.copyOf(after);
    }
  }

  /**
   * What became of a heal.
   *
   * @param heal id of the {@link Healed}
   * @param good whether nothing spoke against it within its window
   * @param why in words
   */
  record HealOutcome(String heal, boolean good, String why, long at)
      implements HealMessage, Message.FromAgent {}

  /**
   * Totals since the process started: resending is harmless.
   *
   * @param healed by site and remedy, {@code a.B.c:7 supply-default}
   * @param refused by reason
   */
  record HealCounted(Map<String, Long> healed, Map<String, Long> refused)
      implements HealMessage, Message.FromAgent {
    public HealCounted {
      healed = Map.copyOf(healed);
      refused = Map.copyOf(refused);
    }
  }

  /**
   * What became of a {@link HealOrder}.
   *
   * @param snippet id of the order
   * @param refusal why not; null when it is in place
   */
  record SnippetReply(String snippet, @Nullable String refusal)
      implements HealMessage, Message.FromAgent {}

  /**
   * What the server allows; the agent's own options may be stricter.
   *
   * @param mode {@code off}, {@code observe}, {@code typed}, {@code contained} or {@code full}
   * @param packages packages, classes or methods that may be healed; empty for all
   * @param never the same, for what is left alone
   * @param inTransaction {@code refuse}, {@code rollback} or {@code allow}
   * @param disabled sites that people switched off
   */
  record HealRules(
      String mode,
      List<String> packages,
      List<String> never,
      String inTransaction,
      List<String> disabled)
      implements HealMessage, Message.FromServer {
    public HealRules {
      packages = List.copyOf(packages);
      never = List.copyOf(never);
      disabled = List.copyOf(disabled);
    }
  }

  /**
   * Built-in remedies that fit a place where something failed; told before the failure is.
   *
   * @param line where the throwable arose or passed; 0 when unknown
   * @param exception binary class name
   * @param remedies names, the likeliest first, at most {@value #REMEDIES}
   */
  record RemediesFit(
      String className,
      String method,
      String descriptor,
      int line,
      String exception,
      List<String> remedies)
      implements HealMessage, Message.FromAgent {
    /** Most remedies that are named. */
    public static final int REMEDIES = 64;

    public RemediesFit {
      remedies = List.copyOf(remedies);
    }
  }

  /** A remedy to prefer, packed by {@link RemedyOrder#pack}, and the signature of these bytes. */
  record PreferRemedy(byte[] order, byte[] signature) implements HealMessage, Message.FromServer {}

  /** A snippet, packed by {@link SnippetOrder#pack}, and the server's signature of these bytes. */
  record InstallSnippet(byte[] order, byte[] signature)
      implements HealMessage, Message.FromServer {}
}
