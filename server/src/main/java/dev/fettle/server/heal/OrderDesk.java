package dev.fettle.server.heal;

import dev.fettle.contract.model.HealMode;
import dev.fettle.contract.model.HealProposal;
import dev.fettle.wire.RemedyOrder;
import dev.fettle.wire.SnippetOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;

/**
 * Signs orders of snippets and remedies with a key of this installation, which agents on its host
 * are given. Thread-safe.
 */
final class OrderDesk {
  /** The public half, beside the secret one; agents read it from there. */
  static final String PUBLIC_FILE = "heal-key.pub";

  private static final String SECRET_FILE = "heal-key";
  private static final Duration VALID = Duration.ofDays(6);

  private final PrivateKey key;
  private final Clock clock;
  private long sequence;

  /** Packed and signed. */
  record Signed(byte[] order, byte[] signature) {}

  private OrderDesk(PrivateKey key, Clock clock) {
    this.key = key;
    this.clock = clock;
  }

  /**
   * Opens the desk with the key in a directory; makes one on first use, readable by the owner only.
   */
  static OrderDesk in(Path directory, Clock clock) throws IOException {
    Path secret = directory.resolve(SECRET_FILE);
    try {
      if (!Files.exists(secret)) {
        Files.createDirectories(directory);
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Path fresh = Files.createTempFile(directory, "key", "");
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(fresh, base64(pair.getPrivate().getEncoded()));
        Files.writeString(directory.resolve(PUBLIC_FILE), base64(pair.getPublic().getEncoded()));
        Files.move(fresh, secret, StandardCopyOption.ATOMIC_MOVE);
      }
      byte[] encoded = Base64.getMimeDecoder().decode(Files.readString(secret));
      return new OrderDesk(
          KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded)),
          clock);
    } catch (GeneralSecurityException e) {
      throw new IOException("no Ed25519 key in " + secret, e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  Signed sign(String agent, Choice choice) {
    byte[] packed =
        choice instanceof Choice.Snippet snippet
            ? order(agent, snippet).pack()
            : order(agent, (Choice.Remedy) choice).pack();
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(key);
      signature.update(packed);
      return new Signed(packed, signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key that signed before does not any more", e);
    }
  }

  private SnippetOrder order(String agent, Choice.Snippet choice) {
    HealCase at = choice.at();
    return new SnippetOrder(
        choice.id(),
        agent,
        next(),
        expiry(),
        at.frame().className(),
        at.frame().method(),
        at.frame().descriptor(),
        at.frame().line(),
        at.exception(),
        choice.proposal().mode() == HealMode.CONTAINED,
        choice.proposal().then() == HealProposal.Then.RETRY,
        choice.prepared().variables(),
        choice.proposal().rationale(),
        thousandths(choice),
        choice.prepared().code());
  }

  private RemedyOrder order(String agent, Choice.Remedy choice) {
    HealCase at = choice.at();
    return new RemedyOrder(
        choice.id(),
        agent,
        next(),
        expiry(),
        at.frame().className(),
        at.frame().method(),
        at.frame().descriptor(),
        at.frame().line(),
        at.exception(),
        choice.remedy(),
        choice.proposal().rationale(),
        thousandths(choice));
  }

  private long expiry() {
    return clock.instant().plus(VALID).toEpochMilli();
  }

  private static int thousandths(Choice choice) {
    return (int) Math.round(choice.proposal().confidence() * 1000);
  }

  /** Higher than any before, also than those of a server that ran before this one. */
  private synchronized long next() {
    sequence = Math.max(sequence + 1, clock.millis());
    return sequence;
  }
}
