package dev.fettle.server;

import dev.fettle.contract.model.HealBehavior;
import dev.fettle.contract.model.HealMode;
import dev.fettle.contract.model.HealPolicy;
import dev.fettle.contract.model.Policy;
import dev.fettle.delivery.policy.PolicyFile;
import dev.fettle.delivery.policy.Templates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server's ceiling: what no repository's own file can go beyond. */
final class Policies {
  private static final Logger log = LoggerFactory.getLogger(Policies.class);

  private Policies() {}

  /**
   * How far healing may go at most, and where: what the settings say, else the policy, narrowed by
   * the repository's own file. A file with an error allows nothing.
   *
   * @throws IllegalArgumentException when a word of the settings is none, saying what was expected
   */
  static HealPolicy healing(ServerSettings settings) {
    HealPolicy ceiling = healCeiling(settings);
    Optional<Path> file = settings.repositoryRoot().map(r -> r.resolve(PolicyFile.PATH));
    if (file.isEmpty() || !Files.isRegularFile(file.get(), LinkOption.NOFOLLOW_LINKS)) {
      return ceiling;
    }
    try {
      PolicyFile.HealReading own = PolicyFile.healing(Files.readString(file.get()), ceiling);
      own.problems().forEach(p -> log.warn("{}: {}", PolicyFile.PATH, p));
      return own.policy();
    } catch (IOException e) {
      log.warn("{} cannot be read, nothing is healed: {}", PolicyFile.PATH, e.toString());
      return HealPolicy.defaults().under(ceiling);
    }
  }

  private static HealPolicy healCeiling(ServerSettings settings) {
    String heal = settings.heal();
    String policy = settings.policy();
    HealPolicy said = HealPolicy.of(PolicyFile.healMode(policy == null ? "default" : policy));
    if (policy != null && Templates.named(policy).isEmpty()) {
      try {
        HealPolicy most = HealPolicy.of(HealMode.FULL).with(EnumSet.allOf(HealBehavior.class));
        said = PolicyFile.healing(Files.readString(Path.of(policy)), most).policy();
      } catch (IOException e) {
        throw new IllegalArgumentException("cannot read the policy " + policy, e);
      }
    }
    if (heal == null || heal.isBlank()) {
      return said;
    }
    HealMode mode =
        HealMode.of(heal)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "fettle.heal is "
                            + heal
                            + "; expected off, observe, typed, contained or full"));
    return said.with(mode);
  }

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
