package dev.fettle.server.agents;

import dev.fettle.contract.model.TrustTier;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which trust a shown key gives.
 *
 * @param agentKey authenticates an agent
 * @param publicKey may only group and count; null for none
 */
public record AgentKeys(String agentKey, @Nullable String publicKey) {
  private static final String SCHEME = "Bearer ";

  /** The tier of an {@code Authorization} header; empty when it is refused. */
  Optional<TrustTier> tier(@Nullable String authorization) {
    if (authorization == null || !authorization.startsWith(SCHEME)) {
      return Optional.empty();
    }
    String shown = authorization.substring(SCHEME.length()).strip();
    if (same(shown, agentKey)) {
      return Optional.of(TrustTier.AUTHENTICATED);
    }
    return publicKey != null && same(shown, publicKey)
        ? Optional.of(TrustTier.PUBLIC)
        : Optional.empty();
  }

  private static boolean same(String a, String b) {
    return MessageDigest.isEqual(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }
}
