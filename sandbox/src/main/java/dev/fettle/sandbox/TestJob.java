package dev.fettle.sandbox;

import dev.fettle.contract.model.CapturedException;
import dev.fettle.contract.model.CapturedFrame;
import dev.fettle.contract.model.TestResult;
import dev.fettle.lab.protocol.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Collects what a child tells of one run. Confined to the thread that asks. */
final class TestJob implements Consumer<Message> {
  /** Test methods that one run may report. */
  private static final int LIMIT = 100_000;

  private final List<TestResult> results = new ArrayList<>();
  private final List<Message.ClassDone> done = new ArrayList<>();
  private Message.@Nullable Started running;

  @Override
  public void accept(Message message) {
    if (message instanceof Message.Started started) {
      running = started;
    } else if (message instanceof Message.Finished finished && results.size() < LIMIT) {
      running = null;
      results.add(result(finished));
    } else if (message instanceof Message.ClassDone ended && done.size() < LIMIT) {
      done.add(ended);
    }
  }

  List<TestResult> results() {
    return results;
  }

  List<Message.ClassDone> done() {
    return done;
  }

  /** The test that ran when the child was lost: it failed with what happened to the JVM. */
  TestResult lost(List<String> testClasses, String how) {
    Message.Started last = running;
    String className =
        last != null
            ? last.className()
            : testClasses.stream()
                .filter(c -> done.stream().noneMatch(d -> d.className().equals(c)))
                .findFirst()
                .orElse("unknown");
    return new TestResult(
        className,
        last != null ? last.method() : "<class>",
        TestResult.Status.FAILED,
        Optional.of(new CapturedException("dev.fettle.lab.JvmEnded", how, List.of(), null)));
  }

  /** Begins anew after a loss; what ended stays. */
  void forgetRunning() {
    running = null;
  }

  static TestResult result(Message.Finished finished) {
    TestResult.Status status =
        switch (finished.status()) {
          case "PASSED" -> TestResult.Status.PASSED;
          case "SKIPPED" -> TestResult.Status.SKIPPED;
          default -> TestResult.Status.FAILED;
        };
    return new TestResult(
        finished.className(), finished.method(), status, finished.failure().map(TestJob::captured));
  }

  static CapturedException captured(Message.Thrown thrown) {
    return new CapturedException(
        thrown.type().isBlank() ? "unknown" : thrown.type(),
        thrown.message(),
        thrown.frames().stream().map(TestJob::frame).toList(),
        thrown.cause().isEmpty() ? null : captured(thrown.cause().get(0)));
  }

  private static CapturedFrame frame(Message.Frame frame) {
    return new CapturedFrame(
        frame.className(),
        frame.method(),
        "",
        frame.file().isEmpty() ? null : frame.file(),
        frame.line(),
        frame.application(),
        null,
        List.of());
  }
}
