package dev.fettle.cli.run;

import dev.fettle.contract.model.HealMode;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How to start a server.
 *
 * @param port to listen on, loopback
 * @param repository whose failures are repaired; null for none
 * @param policy name of a shipped policy or path of a policy file; null for the default
 * @param heal how far healing may go at most; null for what the policy says
 * @param llm {@code PROVIDER[:MODEL]}; null for what the user's configuration says
 */
public record ServerOptions(
    int port,
    DataDirectory data,
    @Nullable Path repository,
    @Nullable String policy,
    @Nullable HealMode heal,
    @Nullable String llm) {
  /**
   * @throws CommandFailure when there is no such policy or language model
   */
  public ServerOptions {
    if (policy != null) {
      PolicyChoice.check(policy);
    }
    ModelChoice.check(llm, System.getenv());
  }

  public ServerOptions(
      int port, DataDirectory data, @Nullable Path repository, @Nullable String policy) {
    this(port, data, repository, policy, null, null);
  }
}
