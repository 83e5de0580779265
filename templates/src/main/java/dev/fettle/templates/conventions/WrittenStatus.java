package dev.fettle.templates.conventions;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the HTTP status that a piece of source names. Text in quotes says nothing. */
final class WrittenStatus {
  private static final Map<String, Integer> CODES =
      Map.ofEntries(
          Map.entry("BAD_REQUEST", 400),
          Map.entry("UNAUTHORIZED", 401),
          Map.entry("PAYMENT_REQUIRED", 402),
          Map.entry("FORBIDDEN", 403),
          Map.entry("NOT_FOUND", 404),
          Map.entry("METHOD_NOT_ALLOWED", 405),
          Map.entry("NOT_ACCEPTABLE", 406),
          Map.entry("REQUEST_TIMEOUT", 408),
          Map.entry("CONFLICT", 409),
          Map.entry("GONE", 410),
          Map.entry("PRECONDITION_FAILED", 412),
          Map.entry("PAYLOAD_TOO_LARGE", 413),
          Map.entry("UNSUPPORTED_MEDIA_TYPE", 415),
          Map.entry("EXPECTATION_FAILED", 417),
          Map.entry("UNPROCESSABLE_ENTITY", 422),
          Map.entry("UNPROCESSABLE_CONTENT", 422),
          Map.entry("LOCKED", 423),
          Map.entry("FAILED_DEPENDENCY", 424),
          Map.entry("PRECONDITION_REQUIRED", 428),
          Map.entry("TOO_MANY_REQUESTS", 429),
          Map.entry("INTERNAL_SERVER_ERROR", 500),
          Map.entry("NOT_IMPLEMENTED", 501),
          Map.entry("BAD_GATEWAY", 502),
          Map.entry("SERVICE_UNAVAILABLE", 503),
          Map.entry("GATEWAY_TIMEOUT", 504));
  private static final Pattern SAID =
      Pattern.compile(
          "(?:valueOf|resolve)\\((\\d{3})\\)|HttpStatus\\.(?!valueOf|resolve)(\\w+)|\\bSC_(\\w+)"
              + "|@(?:\\w+\\.)*ResponseStatus\\((?:(?:code|value)\\s*=\\s*)?(\\w+)\\s*[,)]"
              + "|\\b(badRequest|notFound|unprocessableEntity|unprocessableContent)\\(\\)"
              + "|[sS]tatus\\((\\d{3})\\)|forStatus\\w*\\((\\d{3})");
  private static final Pattern CONSTANT = Pattern.compile("\\b[A-Z]+(?:_[A-Z]+)*\\b");
  private static final Pattern FIRST_ARGUMENT = Pattern.compile("\\(\\s*(4\\d\\d)\\b");
  private static final Pattern QUOTED = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*+\"");

  private WrittenStatus() {}

  /** The status said in so many words: {@code HttpStatus.NOT_FOUND}, {@code notFound()}. */
  static Optional<Integer> said(String source) {
    Matcher m = SAID.matcher(unquoted(source));
    while (m.find()) {
      for (int group = 1; group <= m.groupCount(); group++) {
        Optional<Integer> code = Optional.ofNullable(m.group(group)).flatMap(WrittenStatus::code);
        if (code.isPresent()) {
          return code;
        }
      }
    }
    return Optional.empty();
  }

  /**
   * The same where nothing but a status can be meant: a constant by its bare name, then a number
   * from 400 to 499 as a call's first argument.
   */
  static Optional<Integer> meant(String source) {
    String text = unquoted(source);
    Matcher number = FIRST_ARGUMENT.matcher(text);
    return said(source)
        .or(
            () ->
                CONSTANT
                    .matcher(text)
                    .results()
                    .flatMap(r -> Optional.ofNullable(CODES.get(r.group())).stream())
                    .findFirst())
        .or(() -> number.find() ? Optional.of(Integer.valueOf(number.group(1))) : Optional.empty());
  }

  private static Optional<Integer> code(String word) {
    return switch (word) {
      case "badRequest" -> Optional.of(400);
      case "notFound" -> Optional.of(404);
      case "unprocessableEntity", "unprocessableContent" -> Optional.of(422);
      default ->
          word.matches("[1-5]\\d\\d")
              ? Optional.of(Integer.valueOf(word))
              : Optional.ofNullable(CODES.get(word));
    };
  }

  private static String unquoted(String source) {
    return QUOTED.matcher(source).replaceAll("\"\"");
  }
}
