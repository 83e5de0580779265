package dev.fettle.cli.run;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What the owner of a server shows to decide.
 *
 * @param token 48 hexadecimal digits, as in {@code owner.token} of the server's data directory
 */
public record OwnerSecret(String token) {
  /** The header that carries it. */
  static final String HEADER = "X-Fettle-Owner";

  public OwnerSecret {
    if (!token.matches("[0-9a-f]{48}")) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "expected an owner's token of 48 hexadecimal digits, as in owner.token of the server's"
              + " data directory");
    }
  }

  /** An address that makes the browser that opens it the owner's, once, before {@code expiry}. */
  public URI link(URI server, Instant expiry) {
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    return link(server, expiry, HexFormat.of().formatHex(random));
  }

  URI link(URI server, Instant expiry, String nonce) {
    String named = expiry.getEpochSecond() + "-" + nonce;
    return URI.create(
        server.toString().replaceFirst("/+$", "") + "/owner/" + named + "-" + mac("link:" + named));
  }

  private String mac(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  @Override
  public String toString() {
    return "OwnerSecret[withheld]";
  }
}
