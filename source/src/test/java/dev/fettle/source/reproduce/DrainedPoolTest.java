package dev.fettle.source.reproduce;

import static dev.fettle.contract.model.TestDraft.Rung.CALLER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.contract.model.TestDraft;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pools that run out because a method keeps what it took. */
class DrainedPoolTest {
  private static final String COUNTS =
      """
      import java.sql.*;
      public class Counts {
        private final javax.sql.DataSource pool;
        public Counts(javax.sql.DataSource pool) { this.pool = pool; }
        public int since(String day) {
          try {
            Connection connection = pool.getConnection();
            PreparedStatement query = connection.prepareStatement("select count(*) from event");
            query.setString(1, day);
            ResultSet rows = query.executeQuery();
            rows.next();
            return rows.getInt(1);
          } catch (SQLException e) {
            throw new IllegalStateException("cannot count", e);
          }
        }
      }
      """;

  /** Answers every question with an empty object that does the same. */
  private static final String EMPTY =
      """
      import java.lang.reflect.*;
      public class Empty {
        public static <T> T of(Class<T> type) {
          return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type},
              (p, m, a) -> m.getReturnType().isInterface() ? of(m.getReturnType())
                  : m.getReturnType() == int.class ? (Object) 0
                  : m.getReturnType() == boolean.class ? (Object) false : null));
        }
      }
      """;

  private static final String EXHAUSTED =
      """
      int[] open = {0};
      javax.sql.DataSource pool = (javax.sql.DataSource) java.lang.reflect.Proxy.newProxyInstance(
          Driver.class.getClassLoader(), new Class<?>[] {javax.sql.DataSource.class},
          (p, m, a) -> {
            if (++open[0] > 2) {
              throw new java.sql.SQLTransientConnectionException("timed out");
            }
            return Empty.of(java.sql.Connection.class);
          });
      Counts counts = new Counts(pool);
      for (int i = 0; i < 3; i++) {
        counts.since("2025-01-01");
      }
      """;

  @TempDir Path directory;

  @Test
  void areDrainedByCallingTheMethodThatLeaks() {
    Scenario.in(directory)
        .source(COUNTS)
        .source(EMPTY)
        .leakedBy("Counts", "since", "(Ljava/lang/String;)I")
        .fails(EXHAUSTED)
        .reproducedBy(CALLER)
        .failsStillWith("cannot count", "could not count")
        .passesWith(
            "try {\n      Connection connection = pool.getConnection();",
            "try (Connection connection = pool.getConnection()) {");
  }

  @Test
  void areLeftAloneWithoutMockito() {
    Scenario scenario =
        Scenario.in(directory)
            .without("mockito")
            .source(COUNTS)
            .source(EMPTY)
            .leakedBy("Counts", "since", "(Ljava/lang/String;)I")
            .fails(EXHAUSTED);

    assertThat(scenario.drafts())
        .extracting(TestDraft::className)
        .noneMatch(name -> name.contains("Drained"));
  }
}
