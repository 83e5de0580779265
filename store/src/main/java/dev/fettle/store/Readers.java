package dev.fettle.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/** A few connections that only read, made when they are needed. Thread-safe. */
final class Readers implements AutoCloseable {
  private static final int CONNECTIONS = 4;

  /** Something to read. */
  interface Read<T> {
    T run(Connection connection) throws SQLException;
  }

  private final Database database;
  private final Semaphore permits = new Semaphore(CONNECTIONS);
  private final List<Connection> idle = new ArrayList<>();
  private volatile boolean closed;

  Readers(Database database) {
    this.database = database;
  }

  <T> T read(Read<T> read) {
    if (closed) {
      throw new IllegalStateException("the store is closed");
    }
    permits.acquireUninterruptibly();
    try {
      return read(take(), read);
    } catch (SQLException e) {
      throw new StorageException("the database cannot be read", e);
    } finally {
      permits.release();
    }
  }

  /** A connection that failed, in whatever way, is not used again. */
  private <T> T read(Connection connection, Read<T> read) throws SQLException {
    boolean whole = false;
    try {
      T result = read.run(connection);
      whole = true;
      return result;
    } finally {
      if (whole) {
        give(connection);
      } else {
        connection.close();
      }
    }
  }

  /** Waits for reads under way. */
  @Override
  public void close() {
    closed = true;
    permits.acquireUninterruptibly(CONNECTIONS);
    try {
      synchronized (idle) {
        for (Connection connection : idle) {
          connection.close();
        }
        idle.clear();
      }
    } catch (SQLException e) {
      throw new StorageException("the database did not close", e);
    } finally {
      permits.release(CONNECTIONS);
    }
  }

  private Connection take() throws SQLException {
    synchronized (idle) {
      if (!idle.isEmpty()) {
        return idle.remove(idle.size() - 1);
      }
    }
    return database.reader();
  }

  private void give(Connection connection) {
    synchronized (idle) {
      idle.add(connection);
    }
  }
}
