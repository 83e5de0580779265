package dev.fettle.server.agents;

import dev.fettle.contract.model.TrustTier;
import dev.fettle.intake.agent.AgentEndpoint;
import dev.fettle.store.StorageException;
import dev.fettle.wire.MalformedMessageException;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Passes what agents post to the endpoint, after their key was checked. */
@Hidden
@RestController
class AgentController {
  private static final Duration RETRY = Duration.ofSeconds(30);

  private final AgentEndpoint endpoint;
  private final AgentKeys keys;

  AgentController(AgentEndpoint endpoint, AgentKeys keys) {
    this.endpoint = endpoint;
    this.keys = keys;
  }

  @PostMapping("/agent/v1/frames")
  ResponseEntity<byte[]> frames(
      @RequestHeader(name = "Authorization", required = false) @Nullable String authorization,
      @RequestHeader("X-Fettle-Instance") String instance,
      HttpServletRequest request)
      throws IOException {
    Optional<TrustTier> tier = keys.tier(authorization);
    if (tier.isEmpty()) {
      return ResponseEntity.status(HttpStatus.UNAUTHORIZED).build();
    }
    try {
      return answer(endpoint.frames(named(instance), tier.get(), request.getInputStream()));
    } catch (MalformedMessageException malformed) {
      return ResponseEntity.badRequest().build();
    } catch (StorageException full) {
      return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
          .header("Retry-After", Long.toString(RETRY.toSeconds()))
          .build();
    }
  }

  @PostMapping("/agent/v1/poll")
  ResponseEntity<byte[]> poll(
      @RequestHeader(name = "Authorization", required = false) @Nullable String authorization,
      @RequestHeader("X-Fettle-Instance") String instance)
      throws InterruptedException {
    if (keys.tier(authorization).filter(TrustTier.AUTHENTICATED::equals).isEmpty()) {
      return ResponseEntity.status(HttpStatus.UNAUTHORIZED).build();
    }
    return answer(endpoint.poll(named(instance), AgentEndpoint.POLL_LIMIT));
  }

  /** A header holds Latin letters only; an agent percent-encodes the rest. */
  private static String named(String header) {
    try {
      return URLDecoder.decode(header, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException plain) {
      return header;
    }
  }

  private static ResponseEntity<byte[]> answer(byte[] body) {
    return ResponseEntity.ok().contentType(MediaType.APPLICATION_OCTET_STREAM).body(body);
  }
}
