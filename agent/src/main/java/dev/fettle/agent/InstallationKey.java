package dev.fettle.agent;

import dev.fettle.agent.redact.Tokens;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What redaction tokens are keyed with: kept in the home directory so that tokens stay comparable,
 * or made for this process where nothing can be kept. Also names the process.
 */
record InstallationKey(Tokens tokens, String instance) {

  static InstallationKey load() {
    byte[] fresh = random(24);
    byte[] key = kept(fresh);
    byte[] tail = new byte[4];
    System.arraycopy(fresh, 20, tail, 0, 4);
    String instance = ProcessHandle.current().pid() + "-" + HexFormat.of().formatHex(tail);
    return new InstallationKey(new Tokens(word(key, 0), word(key, 8)), instance);
  }

  private static byte[] kept(byte[] fresh) {
    String home = System.getProperty("user.home");
    if (home == null || home.isBlank() || home.equals("?")) {
      return fresh;
    }
    Path file = Path.of(home, ".fettle", "redaction.key");
    try {
      byte[] found = read(file);
      if (found != null) {
        return found;
      }
      Files.createDirectories(file.getParent());
      Files.write(file, fresh, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException | UnsupportedOperationException e) {
      // a read-only or foreign file system: tokens hold for this process
      return fresh;
    }
    return fresh;
  }

  private static byte @Nullable [] read(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) != 24) {
      return null;
    }
    return Files.readAllBytes(file);
  }

  /** From the system, not from a security provider, which would start the host's. */
  private static byte[] random(int count) {
    byte[] bytes = new byte[count];
    try (DataInputStream in = new DataInputStream(Files.newInputStream(Path.of("/dev/urandom")))) {
      in.readFully(bytes);
    } catch (IOException e) {
      new java.security.SecureRandom().nextBytes(bytes);
    }
    return bytes;
  }

  private static long word(byte[] bytes, int from) {
    long word = 0;
    for (int i = 0; i < 8; i++) {
      word = (word << 8) | (bytes[from + i] & 0xff);
    }
    return word;
  }
}
