package dev.fettle.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** A database file: opened, checked, put aside when damaged, and brought to the schema in use. */
final class Database {
  private static final List<String> MIGRATIONS = List.of("001-first.sql", "002-heals.sql");
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Path file;
  private final long limit;

  private Database(Path file, long limit) {
    this.file = file;
    this.limit = limit;
  }

  /** The database with where its damaged predecessor was put, if it was damaged. */
  record Opened(Database database, Connection writer, Optional<Path> quarantined) {}

  /**
   * Opens, checks and migrates.
   *
   * @param limit bytes that the file may grow to; 0 for as many as the disk has
   */
  static Opened open(Path file, InstantSource clock, long limit) {
    Database database = new Database(file, limit);
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      try {
        return new Opened(database, database.checked(), Optional.empty());
      } catch (SQLException e) {
        if (!damaged(e)) {
          throw e;
        }
        Path aside = database.putAside(clock.instant());
        return new Opened(database, database.checked(), Optional.of(aside));
      }
    } catch (SQLException | IOException e) {
      throw new StorageException("cannot open the database " + file, e);
    }
  }

  /** A connection that can only read. */
  Connection reader() throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(10_000);
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    Connection connection = connect(config.toProperties());
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA query_only = true");
    }
    return connection;
  }

  /** Whether the disk is full. The driver wraps some of these without a code. */
  static boolean full(SQLException e) {
    SQLiteErrorCode code =
        e instanceof SQLiteException s ? s.getResultCode() : SQLiteErrorCode.UNKNOWN_ERROR;
    return code == SQLiteErrorCode.SQLITE_FULL
        || code == SQLiteErrorCode.SQLITE_IOERR_WRITE
        || String.valueOf(e.getMessage()).contains("SQLITE_FULL");
  }

  private Connection checked() throws SQLException, IOException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setBusyTimeout(10_000);
    Connection connection = connect(config.toProperties());
    try {
      check(connection);
      migrate(connection);
      limit(connection);
      return connection;
    } catch (SQLException | IOException e) {
      connection.close();
      throw e;
    }
  }

  private void limit(Connection connection) throws SQLException {
    if (limit > 0) {
      try (Statement statement = connection.createStatement()) {
        long page;
        try (ResultSet size = statement.executeQuery("PRAGMA page_size")) {
          page = size.getLong(1);
        }
        statement.execute("PRAGMA max_page_count = " + Math.max(1, limit / page));
      }
    }
  }

  private Connection connect(Properties properties) throws SQLException {
    return new org.sqlite.JDBC().connect("jdbc:sqlite:" + file, properties);
  }

  private static void check(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("PRAGMA quick_check(1)")) {
      String answer = result.next() ? result.getString(1) : "no answer";
      if (!"ok".equals(answer)) {
        throw new SQLiteException(answer, SQLiteErrorCode.SQLITE_CORRUPT);
      }
    }
  }

  private static boolean damaged(SQLException e) {
    if (!(e instanceof SQLiteException s)) {
      return false;
    }
    String code = s.getResultCode().name();
    return code.startsWith("SQLITE_CORRUPT") || code.equals("SQLITE_NOTADB");
  }

  /** Moves the file and what SQLite keeps beside it; nothing is deleted. */
  private Path putAside(Instant now) throws IOException {
    String suffix = ".damaged-" + STAMP.format(now);
    Path aside = file.resolveSibling(file.getFileName() + suffix);
    for (int i = 2; Files.exists(aside); i++) {
      aside = file.resolveSibling(file.getFileName() + suffix + "-" + i);
    }
    Files.move(file, aside);
    for (String beside : List.of("-wal", "-shm")) {
      Path from = file.resolveSibling(file.getFileName() + beside);
      if (Files.exists(from)) {
        Files.move(from, aside.resolveSibling(aside.getFileName() + beside));
      }
    }
    return aside;
  }

  private static void migrate(Connection connection) throws SQLException, IOException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE IF NOT EXISTS schema_version (version BIGINT PRIMARY KEY)");
      long version;
      try (ResultSet result =
          statement.executeQuery("SELECT COALESCE(MAX(version), 0) FROM schema_version")) {
        version = result.next() ? result.getLong(1) : 0;
      }
      if (version > MIGRATIONS.size()) {
        throw new SQLException("the database is of a newer Fettle: schema " + version);
      }
      for (int next = (int) version; next < MIGRATIONS.size(); next++) {
        for (String sql : statements(MIGRATIONS.get(next))) {
          statement.execute(sql);
        }
        statement.execute("INSERT INTO schema_version (version) VALUES (" + (next + 1) + ")");
      }
    }
    connection.commit();
    connection.setAutoCommit(true); // the writer begins and commits by itself
  }

  private static List<String> statements(String resource) throws IOException {
    try (InputStream in = Database.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException("missing in the jar: " + resource);
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return java.util.Arrays.stream(text.split("\n\\s*\n"))
          .map(s -> s.replaceAll("(?m)^--.*$", "").strip())
          .filter(s -> !s.isEmpty())
          .toList();
    }
  }
}
