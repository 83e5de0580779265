package dev.fettle.cli.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a server keeps what it knows, and the key that its agents show.
 *
 * @param path absolute
 */
public record DataDirectory(Path path) {
  private static final String KEY_FILE = "agent.key";

  /** The directory for the servers of one repository, below {@code $XDG_DATA_HOME/fettle}. */
  public static DataDirectory of(@Nullable Path repository, Map<String, String> environment) {
    String xdg = environment.getOrDefault("XDG_DATA_HOME", "");
    Path base =
        xdg.isEmpty() ? Path.of(System.getProperty("user.home"), ".local", "share") : Path.of(xdg);
    String name =
        repository == null
            ? "server"
            : repository.getFileName() + "-" + Integer.toHexString(repository.hashCode());
    return new DataDirectory(base.resolve("fettle").resolve(name));
  }

  /** The file of the key, where a server made one. */
  public Optional<Path> existingKey() {
    return Optional.of(path.resolve(KEY_FILE)).filter(Files::isRegularFile);
  }

  /** The key that agents show; made on first use, readable by the owner only. */
  public String agentKey() {
    Path file = path.resolve(KEY_FILE);
    try {
      Files.createDirectories(path);
      if (!Files.exists(file)) {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, HexFormat.of().formatHex(random));
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.USAGE, "cannot keep a key in " + path + ": " + e);
    }
  }
}
