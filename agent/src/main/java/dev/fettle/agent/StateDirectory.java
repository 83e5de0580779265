package dev.fettle.agent;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where the agent remembers what must survive a crash of its process. */
final class StateDirectory {
  private StateDirectory() {}

  /**
   * The directory of one service, so that what ends one does not hold back another. Not created.
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
    return Files.isWritable(Files.isDirectory(own) ? own : home)
        ? own
        : temporary.resolve("fettle");
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
