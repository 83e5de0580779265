package dev.fettle.server;

import dev.fettle.contract.model.Policy;
import dev.fettle.delivery.policy.PolicyFile;
import dev.fettle.delivery.policy.Templates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The server's ceiling: what no repository's own file can go beyond. */
final class Policies {
  private Policies() {}

  /**
   * @param chosen a shipped policy's name or a policy file; null for {@code default}
   * @throws IllegalArgumentException when it is neither, saying what was expected
   */
  static Policy ceiling(@Nullable String chosen) {
    if (chosen == null || chosen.isBlank()) {
      return Templates.defaults();
    }
    Optional<Policy> shipped = Templates.named(chosen);
    if (shipped.isPresent()) {
      return shipped.get();
    }
    try {
      PolicyFile.Reading reading = PolicyFile.parse(Files.readString(Path.of(chosen)));
      if (reading instanceof PolicyFile.Reading.Valid valid) {
        return valid.policy();
      }
      throw new IllegalArgumentException(chosen + ": " + reading);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "no such policy: " + chosen + "; expected one of " + Templates.names() + " or a file", e);
    }
  }
}
