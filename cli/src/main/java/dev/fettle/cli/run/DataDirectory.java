package dev.fettle.cli.run;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
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
  private static final String OWNER_FILE = "owner.token";
  private static final String LOCK_FILE = "launcher.lock";

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

  /**
   * Keeps other servers off until it is closed or this process ends.
   *
   * @throws CommandFailure when a server uses the directory, or it cannot be written
   */
  public Closeable reserve() {
    Path file = path.resolve(LOCK_FILE);
    try {
      Files.createDirectories(path);
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (locked(channel)) {
        return channel;
      }
      channel.close();
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.USAGE, "cannot write in " + path + ": " + e);
    }
    throw new CommandFailure(
        ExitCode.USAGE,
        "another fettle command runs a server on "
            + path
            + "; end it, or name another directory with --data");
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException withinThisProcess) {
      return false;
    }
  }

  /** The key that agents show; made on first use, readable by the owner only. */
  public String agentKey() {
    return secret(path.resolve(KEY_FILE));
  }

  /** What the owner shows to decide; made on first use, readable by the owner only. */
  public OwnerSecret owner() {
    return new OwnerSecret(secret(path.resolve(OWNER_FILE)));
  }

  /** The same where a server made it and this user may read it. */
  public Optional<OwnerSecret> existingOwner() {
    Path file = path.resolve(OWNER_FILE);
    return Files.isReadable(file) ? Optional.of(owner()) : Optional.empty();
  }

  private String secret(Path file) {
    try {
      Files.createDirectories(path);
      if (!Files.exists(file)) {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        Path fresh =
            Files.createTempFile(
                path,
                "key",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, HexFormat.of().formatHex(random));
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.USAGE, "cannot keep a key in " + path + ": " + e);
    }
  }
}
