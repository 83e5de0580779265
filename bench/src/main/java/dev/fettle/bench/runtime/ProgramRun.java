package dev.fettle.bench.runtime;

import dev.fettle.bench.host.BenchFailure;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What one child JVM did.
 *
 * @param exitCode negative when it was ended for time
 * @param output standard output, at most 1 MB
 * @param errors standard error, at most 1 MB
 */
record ProgramRun(int exitCode, String output, String errors) {
  private static final int OUT_OF_TIME = -1;
  private static final int KEPT = 1 << 20;

  /** Runs a command to its end, or ends it. The limit counts from before the child is started. */
  static ProgramRun of(List<String> command, Duration limit) {
    long start = System.nanoTime();
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    builder.environment().keySet().removeIf(ProgramRun::changesTheChild);
    try {
      return finish(builder.start(), start, limit);
    } catch (IOException e) {
      throw BenchFailure.broken("cannot start " + command.get(0) + ": " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw BenchFailure.broken("interrupted");
    }
  }

  private static boolean changesTheChild(String variable) {
    return variable.equals("JAVA_TOOL_OPTIONS")
        || variable.equals("JDK_JAVA_OPTIONS")
        || variable.startsWith("FETTLE_");
  }

  private static ProgramRun finish(Process child, long start, Duration limit)
      throws InterruptedException {
    Drain output = Drain.of(child.getInputStream());
    Drain errors = Drain.of(child.getErrorStream());
    try {
      long left = limit.toNanos() - (System.nanoTime() - start);
      boolean ended = child.waitFor(Math.max(0, left), TimeUnit.NANOSECONDS);
      if (!ended) {
        child.destroyForcibly().waitFor();
      }
      return new ProgramRun(ended ? child.exitValue() : OUT_OF_TIME, output.text(), errors.text());
    } finally {
      child.destroyForcibly();
    }
  }

  /** Judges the run as the benchmark does: line ends and blanks at the end do not count. */
  Outcome score(String expected) {
    if (exitCode != 0) {
      return Outcome.FAIL;
    }
    return plain(output).equals(plain(expected)) ? Outcome.CORRECT : Outcome.WRONG;
  }

  private static String plain(String text) {
    return text.replace("\r\n", "\n").stripTrailing();
  }

  /** Reads a stream to its end and keeps its beginning; a child never waits for its reader. */
  private static final class Drain extends Thread {
    private final InputStream in;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    private Drain(InputStream in) {
      super("drain");
      this.in = in;
      setDaemon(true);
    }

    static Drain of(InputStream in) {
      Drain drain = new Drain(in);
      drain.start();
      return drain;
    }

    @Override
    public void run() {
      byte[] buffer = new byte[8192];
      try (in) {
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          kept.write(buffer, 0, Math.min(n, KEPT - kept.size()));
        }
      } catch (IOException gone) {
        // The child was ended; what was read counts.
      }
    }

    String text() throws InterruptedException {
      join(5_000);
      return kept.toString(StandardCharsets.UTF_8);
    }
  }
}
