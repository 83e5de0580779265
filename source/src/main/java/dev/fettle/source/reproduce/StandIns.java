package dev.fettle.source.reproduce;

import java.util.Map;
import java.util.Optional;

/** Plausible values of plain types, for what was lost. */
final class StandIns {
  private static final Map<String, String> PLAIN =
      Map.ofEntries(
          Map.entry("java/math/BigDecimal", "ONE"),
          Map.entry("java/math/BigInteger", "ONE"),
          Map.entry("java/time/Instant", "parse(\"2026-01-15T10:15:30Z\")"),
          Map.entry("java/time/LocalDate", "parse(\"2026-01-15\")"),
          Map.entry("java/time/LocalDateTime", "parse(\"2026-01-15T10:15:30\")"),
          Map.entry("java/time/LocalTime", "parse(\"10:15:30\")"),
          Map.entry("java/time/OffsetDateTime", "parse(\"2026-01-15T10:15:30Z\")"),
          Map.entry("java/time/ZonedDateTime", "parse(\"2026-01-15T10:15:30Z\")"),
          Map.entry("java/time/YearMonth", "parse(\"2026-01\")"),
          Map.entry("java/time/Duration", "ofSeconds(1)"),
          Map.entry("java/time/ZoneId", "of(\"UTC\")"),
          Map.entry("java/time/Clock", "systemUTC()"),
          Map.entry("java/time/Clock$SystemClock", "systemUTC()"),
          Map.entry("java/sql/Date", "valueOf(\"2026-01-15\")"),
          Map.entry("java/sql/Time", "valueOf(\"10:15:30\")"),
          Map.entry("java/sql/Timestamp", "valueOf(\"2026-01-15 10:15:30\")"),
          Map.entry("java/util/UUID", "fromString(\"00000000-0000-4000-8000-000000000001\")"),
          Map.entry("java/util/Locale", "ROOT"),
          Map.entry("java/net/URI", "create(\"http://localhost/\")"),
          Map.entry("java/util/Currency", "getInstance(\"EUR\")"),
          Map.entry("java/nio/file/Path", "of(\"value\")"));
  private static final Map<String, String> FRESH =
      Map.ofEntries(
          Map.entry("java/util/Date", "new {}(0L)"),
          Map.entry("java/util/Random", "new {}(1L)"),
          Map.entry("java/util/Properties", "new {}()"),
          Map.entry("java/util/concurrent/locks/ReentrantLock", "new {}()"),
          Map.entry(
              "java/util/concurrent/locks/Lock", "new java.util.concurrent.locks.ReentrantLock()"),
          Map.entry("java/util/concurrent/atomic/AtomicInteger", "new {}()"),
          Map.entry("java/util/concurrent/atomic/AtomicLong", "new {}()"),
          Map.entry("java/util/concurrent/atomic/AtomicBoolean", "new {}()"),
          Map.entry("java/lang/StringBuilder", "new {}()"),
          Map.entry("java/lang/Object", "new {}()"),
          Map.entry("com/fasterxml/jackson/databind/ObjectMapper", "new {}()"),
          Map.entry("tools/jackson/databind/ObjectMapper", "new {}()"),
          Map.entry("tools/jackson/databind/json/JsonMapper", "new {}()"),
          Map.entry("java/lang/Runnable", "() -> {}"));

  private StandIns() {}

  static Expr primitive(JavaType type) {
    return new Expr(
        switch (type.internal()) {
          case "Z" -> "false";
          case "C" -> "'x'";
          case "J" -> "1L";
          case "F" -> "1f";
          case "D" -> "1.0";
          case "S" -> "(short) 1";
          case "B" -> "(byte) 1";
          default -> "1";
        },
        type);
  }

  /** The value that a field has when nobody assigns it. */
  static Expr zero(JavaType type) {
    return new Expr(
        switch (type.internal()) {
          case "Z" -> "false";
          case "C" -> "'\\0'";
          case "J" -> "0L";
          case "F" -> "0f";
          case "D" -> "0.0";
          case "S" -> "(short) 0";
          case "B" -> "(byte) 0";
          default -> "0";
        },
        type);
  }

  /** Empty for types that have no obvious value. */
  static Optional<Expr> plain(JavaType type, TestCode code) {
    if (type.unboxed().primitive()) {
      return Optional.of(primitive(type.unboxed()));
    }
    if (type.is("java/lang/String") || type.is("java/lang/CharSequence")) {
      return Optional.of(new Expr("\"text\"", JavaType.STRING));
    }
    String member = PLAIN.get(type.internal());
    if (member != null) {
      JavaType named =
          type.is("java/time/Clock$SystemClock") ? JavaType.of("java/time/Clock") : type;
      return Optional.of(new Expr(code.raw(named) + "." + member, named));
    }
    String fresh = FRESH.get(type.internal());
    return fresh == null
        ? Optional.empty()
        : Optional.of(new Expr(fresh.replace("{}", code.raw(type)), type));
  }
}
