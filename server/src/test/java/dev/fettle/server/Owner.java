package dev.fettle.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Who may read the data directory of a server under test. */
final class Owner {
  static final String HEADER = "X-Fettle-Owner";

  private Owner() {}

  static String token(Path data) {
    try {
      return Files.readString(data.resolve("owner.token"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The path that makes a browser the owner's, once. */
  static String link(Path data) throws GeneralSecurityException {
    String named =
        Instant.now().plusSeconds(600).getEpochSecond()
            + "-"
            + HexFormat.of().toHexDigits(System.nanoTime());
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(token(data).getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    byte[] made = mac.doFinal(("link:" + named).getBytes(StandardCharsets.UTF_8));
    return "/owner/" + named + "-" + HexFormat.of().formatHex(made);
  }
}
