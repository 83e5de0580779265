package dev.fettle.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriterTest {
  @TempDir Path directory;

  @Test
  void goesOnAfterAWriteThatThrewAnError() throws SQLException {
    try (Writer writer = new Writer(connection())) {
      assertThatThrownBy(
              () ->
                  writer.write(
                      c -> {
                        insert(c);
                        throw new StackOverflowError("of this test");
                      }))
          .isInstanceOf(StorageException.class)
          .hasRootCauseMessage("of this test");

      assertThat(writer.write(WriterTest::insert)).isEqualTo(1);
      assertThat(writer.<Integer>write(WriterTest::rows)).as("the first was rolled back").isOne();
    }
  }

  @Test
  void answersEverybodyWhoWritesWhileItCloses() throws Exception {
    Writer writer = new Writer(connection());
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Thread first =
        started(
            () ->
                writer.write(
                    c -> {
                      busy.countDown();
                      awaited(go);
                      return insert(c);
                    }));
    busy.await();
    AtomicInteger answered = new AtomicInteger();
    List<Thread> others = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      others.add(
          started(
              () -> {
                try {
                  writer.write(WriterTest::insert);
                } catch (IllegalStateException | StorageException closed) {
                  // an answer too
                }
                answered.incrementAndGet();
              }));
    }
    Thread closing = started(writer::close);
    go.countDown();
    first.join(60_000);
    closing.join(60_000);
    for (Thread other : others) {
      other.join(60_000);
    }
    assertThat(answered).hasValue(50);
  }

  @Test
  void closesAConnectionThatFailed() throws SQLException {
    List<Connection> given = new ArrayList<>();
    Database.Opened opened =
        Database.open(directory.resolve("readers.db"), InstantSource.fixed(Records.AT), 0);
    try (Connection writer = opened.writer();
        Readers readers = new Readers(opened.database())) {
      assertThatThrownBy(
              () ->
                  readers.read(
                      c -> {
                        given.add(c);
                        throw new SQLException("of this test");
                      }))
          .isInstanceOf(StorageException.class);
      assertThatThrownBy(
              () ->
                  readers.read(
                      c -> {
                        given.add(c);
                        throw new IllegalStateException("of this test");
                      }))
          .isInstanceOf(IllegalStateException.class);

      assertThat(writer.isClosed()).isFalse();
      assertThat(given).hasSize(2).doesNotHaveDuplicates();
      for (Connection connection : given) {
        assertThat(connection.isClosed()).isTrue();
      }
    }
  }

  private static int insert(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.executeUpdate("INSERT INTO t VALUES (1)");
    }
  }

  private static int rows(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT COUNT(*) FROM t")) {
      return rows.getInt(1);
    }
  }

  private Connection connection() throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("db"));
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE IF NOT EXISTS t (n INTEGER)");
    }
    return connection;
  }

  private static Thread started(Runnable work) {
    Thread thread = new Thread(work);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void awaited(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException closing) {
      // The writer interrupts its thread when it closes; this write goes on.
    }
  }
}
