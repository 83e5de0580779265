package dev.fettle.sandbox.confine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A running child and everything it started. Thread-safe. */
public final class Child implements AutoCloseable {
  private final Process process;
  private final String mark;
  private final Output output;

  Child(Process process, String mark) {
    this.process = process;
    this.mark = mark;
    this.output = new Output(process.getInputStream());
  }

  /** Whether it ended by itself within the time. */
  public boolean await(Duration timeout) throws InterruptedException {
    return process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Its exit code; valid after it ended. */
  public int exitCode() {
    return process.exitValue();
  }

  /** The last of what it wrote to both streams. */
  public String output() {
    return output.tail();
  }

  /** CPU time of what runs of it; empty where the system does not say. */
  public Optional<Duration> cpu() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants())
        .flatMap(p -> p.info().totalCpuDuration().stream())
        .reduce(Duration::plus);
  }

  /**
   * Kills it and all it started. A process that left the child's session is found by the mark that
   * it inherited in its environment.
   */
  public void kill() {
    List<ProcessHandle> descendants = process.descendants().toList();
    process.destroyForcibly();
    descendants.forEach(ProcessHandle::destroyForcibly);
    ProcessHandle.allProcesses().filter(this::bearsMark).forEach(ProcessHandle::destroyForcibly);
  }

  @Override
  public void close() {
    kill();
  }

  private boolean bearsMark(ProcessHandle candidate) {
    if (candidate.pid() == ProcessHandle.current().pid()) {
      return false;
    }
    Path environment = Path.of("/proc", Long.toString(candidate.pid()), "environ");
    try {
      return new String(Files.readAllBytes(environment), StandardCharsets.UTF_8).contains(mark);
    } catch (IOException gone) {
      return false;
    }
  }
}
