package dev.fettle.agent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where the agent remembers what must survive a crash of its process. */
final class StateDirectory {
  private StateDirectory() {}

  /**
   * The directory of one service, so that what ends one does not hold back another. Ask once.
   * Containers may have no home to write to.
   */
  static Path of(String service) {
    return root(
            System.getProperty("fettle.state", System.getenv("FETTLE_STATE")),
            Path.of(System.getProperty("user.home", "")),
            Path.of(System.getProperty("java.io.tmpdir", "/tmp")))
        .resolve("services")
        .resolve(folder(service));
  }

  static Path root(@Nullable String chosen, Path home, Path temporary) {
    if (chosen != null && !chosen.isBlank()) {
      return Path.of(chosen);
    }
    Path own = home.resolve(".fettle");
    return Files.isWritable(Files.isDirectory(own) ? own : home) ? own : shared(temporary);
  }

  /**
   * A directory where everybody may write: what others left there under our name is not believed.
   * Then nothing of an earlier process is remembered.
   */
  private static Path shared(Path temporary) {
    Path common = temporary.resolve("fettle-" + System.getProperty("user.name", ""));
    String unique = ProcessHandle.current().pid() + "-" + Long.toHexString(System.nanoTime());
    // not by createTempDirectory, which would start the host's security providers
    Path mine = temporary.resolve("fettle-" + unique);
    try {
      createForOwner(mine);
      if (!Files.exists(common, LinkOption.NOFOLLOW_LINKS)) {
        return Files.move(mine, common);
      }
      if (isLike(common, mine)) {
        Files.delete(mine);
        return common;
      }
    } catch (IOException e) {
      return mine;
    }
    return mine;
  }

  private static void createForOwner(Path directory) throws IOException {
    try {
      Files.createDirectory(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (UnsupportedOperationException e) {
      Files.createDirectory(directory);
    }
  }

  /** Whether it is a directory of the same owner that nobody else may enter. */
  private static boolean isLike(Path common, Path mine) throws IOException {
    PosixFileAttributeView view = view(common);
    PosixFileAttributeView own = view(mine);
    if (view == null || own == null) {
      return Files.isDirectory(common, LinkOption.NOFOLLOW_LINKS);
    }
    PosixFileAttributes found = view.readAttributes();
    PosixFileAttributes wanted = own.readAttributes();
    return found.isDirectory()
        && found.owner().equals(wanted.owner())
        && found.permissions().equals(wanted.permissions());
  }

  private static @Nullable PosixFileAttributeView view(Path path) {
    return Files.getFileAttributeView(
        path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
  }

  /** Readable where the name can be a folder's; names that differ have folders that differ. */
  static String folder(String service) {
    String plain = service.replaceAll("[^A-Za-z0-9._-]", "_");
    String cut = plain.substring(0, Math.min(60, plain.length()));
    boolean kept = cut.equals(service) && !cut.isEmpty() && !cut.startsWith(".");
    return kept
        ? cut
        : cut + "-" + UUID.nameUUIDFromBytes(service.getBytes(StandardCharsets.UTF_8));
  }
}
