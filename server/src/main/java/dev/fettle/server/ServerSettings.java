package dev.fettle.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings below {@code fettle.}, parsed once.
 *
 * @param data where the server keeps what it knows; created when absent
 * @param repository git checkout whose failures are repaired; null for none
 * @param policy the ceiling: a shipped policy's name or a file; null for {@code default}
 * @param heal how far healing may go at most; null for what the policy says
 * @param key what agents must show; null makes one that nobody knows, so that none can connect
 * @param publicKey what may only group and count; null for none
 * @param parentPid ends the server when this process has ended; null for never
 * @param llm file whose {@code llm:} section names a language model; null for the user's own
 * @param llmChoice {@code PROVIDER} or {@code PROVIDER:MODEL}, goes before what that file says
 * @param search wall time that one search for a patch may take; null for 30 s, zero for none
 */
@ConfigurationProperties("fettle")
record ServerSettings(
    @Nullable Path data,
    @Nullable Path repository,
    @Nullable String policy,
    @Nullable String heal,
    @Nullable String key,
    @Nullable String publicKey,
    @Nullable Long parentPid,
    @Nullable Path llm,
    @Nullable String llmChoice,
    @Nullable Duration search) {

  private static final Duration SEARCH = Duration.ofSeconds(30);

  Duration searchTime() {
    return search == null ? SEARCH : search;
  }

  Path dataDirectory() {
    return (data == null
            ? Path.of(System.getProperty("user.home"), ".local/share/fettle/server")
            : data)
        .toAbsolutePath()
        .normalize();
  }

  Optional<Path> repositoryRoot() {
    return Optional.ofNullable(repository).map(r -> r.toAbsolutePath().normalize());
  }
}
