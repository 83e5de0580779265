package dev.fettle.llm.talk;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Everything that is sent to a model for one answer. Made of redacted text only.
 *
 * @param purpose what it is for: {@code repair}, {@code heal}
 * @param subject what it is about, such as an incident id; for ledgers, never sent
 * @param prompt name and version of the prompt, such as {@code repair/1}
 * @param system what the model is told about its task
 * @param user the case
 * @param schema the form of the answer
 * @param maxTokens of the answer, at least 1
 */
public record Question(
    String purpose,
    String subject,
    String prompt,
    String system,
    String user,
    Schema schema,
    int maxTokens) {
  public Question {
    if (maxTokens < 1) {
      throw new IllegalArgumentException("an answer needs at least 1 token, was " + maxTokens);
    }
  }

  /**
   * SHA-256 over everything that a provider sees, 64 hex digits: the words, the form of the answer
   * and how long it may be; how far healing may go is among the words. Purpose and subject do not
   * count: they are not sent.
   */
  public String hash() {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      for (String part :
          new String[] {
            prompt, system, user, schema.name(), schema.text(), Integer.toString(maxTokens)
          }) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        sha.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        sha.update(bytes);
      }
      return HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** The same with a further paragraph, such as what was wrong with an earlier answer. */
  public Question adding(String paragraph) {
    return new Question(
        purpose, subject, prompt, system, user + "\n\n" + paragraph, schema, maxTokens);
  }

  /** Tokens that the question comes to, on the safe side: three characters each. */
  public int estimatedTokens() {
    return Tokens.of(system) + Tokens.of(user) + Tokens.of(schema.text());
  }
}
