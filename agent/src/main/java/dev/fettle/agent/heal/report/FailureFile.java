package dev.fettle.agent.heal.report;

import dev.fettle.agent.capture.ValueCapture;
import dev.fettle.agent.heal.Chooser;
import dev.fettle.agent.heal.Failure;
import dev.fettle.agent.heal.SiteFacts;
import dev.fettle.agent.heal.Treatment;
import dev.fettle.agent.observe.ThrownTrace;
import dev.fettle.wire.Local;
import dev.fettle.wire.Message;
import dev.fettle.wire.MessageCodec;
import dev.fettle.wire.Thrown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes the first failure of each place with the state of its frame into a file, as the server
 * would get it, before another chooser is asked. For benchmarks: it writes on the failing thread,
 * so that a program which dies of the failure has told of it. Thread-safe.
 */
public final class FailureFile implements Chooser {
  private static final int PLACES = 20;

  private final Path file;
  private final Chooser next;
  private final ValueCapture capture;
  private final ThrownTrace traces;
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  public FailureFile(Path file, Chooser next, ValueCapture capture, ThrownTrace traces) {
    this.file = file;
    this.next = next;
    this.capture = capture;
    this.traces = traces;
  }

  @Override
  public @Nullable Treatment prescribed(Failure failure) {
    look(failure);
    return next.prescribed(failure);
  }

  @Override
  public @Nullable Treatment choose(Failure failure) {
    look(failure);
    return next.choose(failure);
  }

  private void look(Failure failure) {
    SiteFacts site = failure.site();
    String place = site.className() + " " + site.method().name + site.line();
    if (failure.attempt() == 0 && told.size() < PLACES && told.add(place)) {
      tell(failure, "failure-" + told.size());
    }
  }

  private synchronized void tell(Failure failure, String id) {
    SiteFacts site = failure.site();
    List<Local> values = FrameValues.of(site.method(), failure.locals(), capture.copier(), site);
    Thrown thrown = traces.of(failure.thrown(), site.className(), site.method(), values);
    Message.Occurrence occurrence =
        new Message.Occurrence(
            id,
            Message.Occurrence.Kind.THROWN,
            0,
            "",
            thrown,
            null,
            "nothing written for it handles it",
            1);
    try {
      Files.write(
          file,
          MessageCodec.encode(List.of(occurrence)),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      // who asked for the file misses it; the program must not
    }
  }

  @Override
  public void outcome(SiteFacts site, String treatment, boolean good, String why) {
    next.outcome(site, treatment, good, why);
  }
}
