package dev.fettle.bench.runtime;

import dev.fettle.contract.model.Signal;
import dev.fettle.contract.model.TrustTier;
import dev.fettle.intake.agent.AgentEndpoint;
import dev.fettle.wire.Message;
import dev.fettle.wire.MessageCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the failures that an agent wrote into a file, with the state of the failing frames. */
final class FailureReader {
  private static final String INSTANCE = "bench";

  private FailureReader() {}

  /** The last one, which the program died of; empty when there is none that can be read. */
  static Optional<Signal> last(Path file) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    List<Signal> signals = new ArrayList<>();
    try (AgentEndpoint endpoint = new AgentEndpoint(Clock.systemUTC())) {
      endpoint.start(signals::add);
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      body.writeBytes(
          MessageCodec.encode(
              List.of(new Message.Hello(INSTANCE, INSTANCE, null, null, null, 1, "bench"))));
      body.writeBytes(Files.readAllBytes(file));
      endpoint.frames(
          INSTANCE, TrustTier.AUTHENTICATED, new ByteArrayInputStream(body.toByteArray()));
    } catch (IOException cutShort) {
      // a child that was killed may have written half of the last one
    }
    return signals.isEmpty() ? Optional.empty() : Optional.of(signals.get(signals.size() - 1));
  }
}
