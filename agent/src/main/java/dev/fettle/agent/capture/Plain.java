package dev.fettle.agent.capture;

import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Values of exactly known JDK classes, as the text that their own type parses. Keyed by name, so
 * that no class is loaded for the table's sake; only final or exactly matched classes, so that the
 * methods called are the JDK's.
 */
final class Plain {
  private static final Map<String, Function<Object, String>> FORMS =
      Map.ofEntries(
          form("java.lang.Boolean"),
          form("java.lang.Byte"),
          form("java.lang.Short"),
          form("java.lang.Integer"),
          form("java.lang.Long"),
          form("java.lang.Float"),
          form("java.lang.Double"),
          form("java.lang.Character"),
          form("java.math.BigInteger"),
          form("java.math.BigDecimal"),
          form("java.util.UUID"),
          form("java.util.concurrent.atomic.AtomicInteger"),
          form("java.util.concurrent.atomic.AtomicLong"),
          form("java.util.concurrent.atomic.AtomicBoolean"),
          form("java.util.concurrent.atomic.LongAdder"),
          form("java.time.LocalDate"),
          form("java.time.LocalTime"),
          form("java.time.LocalDateTime"),
          form("java.time.Instant"),
          form("java.time.OffsetDateTime"),
          form("java.time.OffsetTime"),
          form("java.time.ZonedDateTime"),
          form("java.time.Duration"),
          form("java.time.Period"),
          form("java.time.Year"),
          form("java.time.YearMonth"),
          form("java.time.MonthDay"),
          form("java.time.ZoneOffset"),
          form("java.time.ZoneRegion"),
          form("java.sql.Date"),
          form("java.sql.Time"),
          form("java.sql.Timestamp"),
          form("java.net.URI"),
          form("java.util.regex.Pattern"),
          form("java.util.Currency"),
          Map.entry(
              "java.util.Date",
              o -> Long.toString(((java.util.Date) o).toInstant().toEpochMilli())),
          Map.entry("java.util.Locale", o -> ((java.util.Locale) o).toLanguageTag()),
          Map.entry("java.lang.Class", o -> ((Class<?>) o).getName()));

  private Plain() {}

  private static Map.Entry<String, Function<Object, String>> form(String type) {
    return Map.entry(type, Object::toString);
  }

  /** Null when the value is not of a plain class. */
  static @Nullable String text(Object value) {
    Function<Object, String> form = FORMS.get(value.getClass().getName());
    return form == null || value.getClass().getClassLoader() != platformOrBoot(value)
        ? null
        : form.apply(value);
  }

  private static @Nullable ClassLoader platformOrBoot(Object value) {
    ClassLoader loader = value.getClass().getClassLoader();
    return loader == ClassLoader.getPlatformClassLoader() ? loader : null;
  }
}
