package dev.fettle.sandbox;

import dev.fettle.contract.model.TrialProgram;
import dev.fettle.contract.spi.CandidateBench;
import dev.fettle.contract.spi.CandidateLaboratory;
import dev.fettle.sandbox.confine.Children;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Keeps one warm child for judging candidates. Guarded by itself. */
final class CandidateChildren implements CandidateLaboratory, AutoCloseable {
  private final Children children;
  private final Path labJar;
  private final ScheduledExecutorService watchdog =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "fettle-candidates-watchdog");
            thread.setDaemon(true);
            return thread;
          });
  private @Nullable Worker idle;
  private @Nullable TrialProgram idleOf;

  CandidateChildren(Children children, Path labJar) {
    this.children = children;
    this.labJar = labJar;
  }

  @Override
  public CandidateBench open(TrialProgram program) throws CandidateBench.Unusable {
    return CandidateChild.open(this, program, () -> Long.MAX_VALUE);
  }

  /**
   * The same children for a caller whose time ends: a child that is silent then is killed, and
   * benches answer with what they have.
   *
   * @param left nanoseconds; nothing is left when not positive
   */
  CandidateLaboratory until(LongSupplier left) {
    return program -> CandidateChild.open(this, program, left);
  }

  /** The idle child when it fits, else a fresh one. The caller gives it back or closes it. */
  synchronized Worker lend(TrialProgram program) throws IOException, Worker.Lost {
    Worker worker = idle;
    TrialProgram of = idleOf;
    idle = null;
    idleOf = null;
    if (worker != null && of != null) {
      if (worker.usable() && of.module().equals(program.module())) {
        return worker;
      }
      worker.close();
    }
    return Worker.start(children, labJar, program.project(), program.module(), watchdog);
  }

  synchronized void giveBack(Worker worker, TrialProgram program) {
    if (idle == null && worker.usable() && !watchdog.isShutdown()) {
      idle = worker;
      idleOf = program;
    } else {
      worker.close();
    }
  }

  @Override
  public synchronized void close() {
    if (idle != null) {
      idle.close();
      idle = null;
    }
    watchdog.shutdownNow();
  }
}
