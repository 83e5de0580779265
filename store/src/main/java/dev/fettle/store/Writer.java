package dev.fettle.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * The one thread that writes. What many threads want written at the same time is committed, and
 * forced to disk, once: forcing costs milliseconds, writing microseconds. Each write is all or
 * nothing by itself. Thread-safe.
 */
final class Writer implements AutoCloseable {
  private static final int BATCH = 512;

  /** Something to write; may run more than once only if it failed. */
  interface Write<T> {
    T run(Connection connection) throws SQLException;
  }

  private final Connection connection;
  private final BlockingQueue<Job<?>> queue = new ArrayBlockingQueue<>(4096);
  private final Thread thread;
  private volatile boolean closed;
  private volatile boolean ended;

  Writer(Connection connection) {
    this.connection = connection;
    this.thread = new Thread(this::work, "fettle-store-writer");
    thread.setDaemon(true);
    thread.start();
  }

  /** Returns when it is durable. */
  <T> T write(Write<T> write) {
    Job<T> job = new Job<>(write);
    try {
      do {
        if (closed) {
          throw new IllegalStateException("the store is closed");
        }
      } while (!queue.offer(job, 1, TimeUnit.SECONDS));
      if (ended) {
        refuseQueued(); // the thread looked for the last time before this came
      }
      return job.done.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StorageException("interrupted before it was written", e);
    } catch (CompletionException e) {
      throw rethrown(e.getCause() == null ? e : e.getCause());
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(10_000);
      connection.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SQLException e) {
      throw new StorageException("the database did not close", e);
    }
  }

  private void work() {
    try {
      workUntilClosed();
    } finally {
      closed = true;
      ended = true;
      refuseQueued();
    }
  }

  private void refuseQueued() {
    for (Job<?> job = queue.poll(); job != null; job = queue.poll()) {
      job.failed(new IllegalStateException("the store is closed"));
    }
  }

  private void workUntilClosed() {
    List<Job<?>> batch = new ArrayList<>(BATCH);
    while (!closed || !queue.isEmpty()) {
      try {
        batch.add(queue.take());
      } catch (InterruptedException e) {
        continue; // closing: what is queued is still written
      }
      queue.drainTo(batch, BATCH - 1);
      commit(batch);
      batch.clear();
    }
  }

  private void commit(List<Job<?>> batch) {
    try (Statement statement = connection.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      for (Job<?> job : batch) {
        statement.execute("SAVEPOINT one");
        if (job.run(connection)) {
          statement.execute("RELEASE one");
        } else {
          statement.execute("ROLLBACK TO one");
          statement.execute("RELEASE one");
        }
      }
      statement.execute("COMMIT");
      batch.forEach(Job::committed);
    } catch (SQLException | RuntimeException | Error e) {
      // Whatever a write throws is its sender's: the others' writes must still find this thread.
      rollback(e);
      batch.forEach(job -> job.failed(e));
    }
  }

  private void rollback(Throwable cause) {
    try (Statement statement = connection.createStatement()) {
      statement.execute("ROLLBACK");
    } catch (SQLException e) {
      cause.addSuppressed(e); // SQLite rolls back by itself when the disk is full
    }
  }

  private static RuntimeException rethrown(Throwable cause) {
    if (cause instanceof SQLException e) {
      return Database.full(e)
          ? new StorageException.Full("the disk is full", e)
          : new StorageException("the database refused", e);
    }
    return cause instanceof RuntimeException e
        ? e
        : new StorageException("the database failed", cause);
  }

  /** A write with the promise of its result. */
  private static final class Job<T> {
    private final Write<T> write;
    private final CompletableFuture<T> done = new CompletableFuture<>();
    private volatile Runnable complete = () -> {};

    Job(Write<T> write) {
      this.write = write;
    }

    /**
     * Whether it went well; when it did not, its part must be rolled back.
     *
     * @throws SQLException when the whole transaction is lost
     */
    boolean run(Connection connection) throws SQLException {
      try {
        T result = write.run(connection);
        complete = () -> done.complete(result);
        return true;
      } catch (SQLException e) {
        if (Database.full(e)) {
          throw e;
        }
        complete = () -> done.completeExceptionally(e);
        return false;
      } catch (RuntimeException e) {
        complete = () -> done.completeExceptionally(e);
        return false;
      }
    }

    void committed() {
      complete.run();
    }

    void failed(Throwable e) {
      done.completeExceptionally(e);
    }
  }
}
