package dev.fettle.bench.runtime;

import dev.fettle.contract.model.CapturedException;
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

  /**
   * The one that the program died of, where it was thrown; empty when there is none that can be
   * read.
   */
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
    if (signals.isEmpty()) {
      return Optional.empty();
    }
    List<String> died = trace(signals.get(signals.size() - 1));
    // Each frame that it unwound tells of it with its own state: the innermost came first.
    return signals.stream().filter(s -> trace(s).equals(died)).findFirst();
  }

  /** What tells one throwable from another. */
  private static List<String> trace(Signal signal) {
    CapturedException thrown = signal.exception();
    if (thrown == null) {
      return List.of();
    }
    List<String> trace = new ArrayList<>(List.of(thrown.root().type()));
    thrown.root().frames().forEach(f -> trace.add(f.display()));
    return trace;
  }
}
