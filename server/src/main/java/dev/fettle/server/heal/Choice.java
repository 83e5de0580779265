package dev.fettle.server.heal;

import dev.fettle.contract.model.HealBehavior;
import dev.fettle.contract.model.HealProposal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** What is to be done at a place: a snippet that may run, or a remedy that an agent said fits. */
sealed interface Choice {
  HealCase at();

  /** Who proposed it. */
  String healer();

  HealProposal proposal();

  /** As agents name it; the same for the same choice at the same place. */
  String id();

  /** Code of a snippet; empty for a remedy. */
  String code();

  /** Name of a remedy; empty for a snippet. */
  String remedy();

  /** What a snippet does, as words. */
  List<String> behaviors();

  /** Java code that was compiled and judged. */
  record Snippet(
      HealCase at, String healer, HealProposal.RunSnippet proposal, SnippetBench.Prepared prepared)
      implements Choice {
    @Override
    public String id() {
      return prepared.id();
    }

    @Override
    public String code() {
      return proposal.code();
    }

    @Override
    public String remedy() {
      return "";
    }

    @Override
    public List<String> behaviors() {
      return prepared.behaviors().stream().map(HealBehavior::word).sorted().toList();
    }
  }

  /** A built-in remedy. */
  record Remedy(HealCase at, String healer, HealProposal.UseRemedy proposal) implements Choice {
    @Override
    public String id() {
      return id(at.site(), at.exception(), proposal.remedy());
    }

    static String id(String site, String exception, String remedy) {
      String where = site + " " + exception + " " + remedy;
      try {
        byte[] hash =
            MessageDigest.getInstance("SHA-256").digest(where.getBytes(StandardCharsets.UTF_8));
        return "r-" + HexFormat.of().formatHex(hash, 0, 6);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every JDK has SHA-256", e);
      }
    }

    @Override
    public String code() {
      return "";
    }

    @Override
    public String remedy() {
      return proposal.remedy();
    }

    @Override
    public List<String> behaviors() {
      return List.of();
    }
  }
}
