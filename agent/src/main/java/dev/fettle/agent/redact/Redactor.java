package dev.fettle.agent.redact;

import dev.fettle.wire.Value;
import dev.fettle.wire.secret.SecretForms;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides what is withheld. Cannot be switched off. Immutable, thread-safe. */
public final class Redactor {
  /** Characters of a text that are looked at and sent. */
  public static final int TEXT_LIMIT = 255;

  /** Longer messages are cut. */
  public static final int MESSAGE_LIMIT = 2048;

  private static final List<String> SECRET_TYPES =
      List.of(
          "javax.crypto.",
          "java.security.",
          "sun.security.",
          "java.net.PasswordAuthentication",
          "org.springframework.security.");

  private static final Set<String> SENT_HEADERS =
      Set.of(
          "accept",
          "accept-language",
          "content-type",
          "content-length",
          "host",
          "user-agent",
          "x-request-id",
          "x-correlation-id",
          "traceparent");

  private final Tokens tokens;

  public Redactor(Tokens tokens) {
    this.tokens = tokens;
  }

  /** Why a value of that name must not be read, or null. */
  public @Nullable String secretName(String name) {
    return SecretForms.isSecretName(name) ? "secret name" : null;
  }

  /** Why a value of that class must not be read, or null. */
  public @Nullable String secretType(String type) {
    return SECRET_TYPES.stream().anyMatch(type::startsWith) ? "secret type" : null;
  }

  /** A text as it may be sent. */
  public Value text(String type, CharSequence characters) {
    int length = characters.length();
    String head = characters.subSequence(0, Math.min(length, TEXT_LIMIT)).toString();
    String reason = SecretValues.reason(head);
    if (reason == null && NamedSecrets.in(head)) {
      reason = "beside a secret name";
    }
    return reason == null
        ? new Value.Text(type, head, length)
        : new Value.Redacted(type, reason, tokens.of(head));
  }

  /** Stands for a value that must not be sent; {@code plain} null when it was not read at all. */
  public Value withheld(String type, String reason, @Nullable CharSequence plain) {
    return new Value.Redacted(type, reason, plain == null ? "" : tokens.of(plain));
  }

  /** A message with each secret word replaced, cut to {@link #MESSAGE_LIMIT}. */
  public String message(String message) {
    String cut = cut(message);
    String unnamed = NamedSecrets.masked(cut, this::mask);
    if (SecretValues.reason(unnamed) == null) {
      return unnamed;
    }
    StringBuilder clean = new StringBuilder();
    for (String word :
        unnamed.split("(?<=[\\s,;'\"(){}\\[\\]<>])|(?=[\\s,;'\"(){}\\[\\]<>])", -1)) {
      clean.append(SecretValues.reason(word) == null ? word : mask(word));
    }
    // digits in groups, which no single word shows
    return SecretValues.reason(clean.toString()) == null ? clean.toString() : mask(cut);
  }

  private static String cut(String text) {
    return text.length() > MESSAGE_LIMIT ? text.substring(0, MESSAGE_LIMIT) : text;
  }

  private String mask(String secret) {
    return "[redacted " + tokens.of(secret) + "]";
  }

  /** The headers that are sent at all, by lower-case name. */
  public Map<String, String> headers(Map<String, String> headers) {
    Map<String, String> sent = new LinkedHashMap<>();
    headers.forEach(
        (name, value) -> {
          String lower = name.toLowerCase(Locale.ROOT);
          if (SENT_HEADERS.contains(lower)) {
            sent.put(lower, message(value));
          }
        });
    return sent;
  }

  /** Names of headers that may be sent. */
  public static Set<String> sentHeaders() {
    return SENT_HEADERS;
  }

  /** A query string with secret parameters masked. */
  public String query(String query) {
    StringBuilder clean = new StringBuilder();
    for (String pair : cut(query).split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      String plain = value.replace("%40", "@");
      boolean secret = SecretForms.isSecretName(name) || SecretValues.reason(plain) != null;
      clean
          .append(clean.isEmpty() ? "" : "&")
          .append(name)
          .append(equals < 0 ? "" : "=")
          .append(secret && !value.isEmpty() ? "[redacted]" : value);
    }
    return clean.substring(0, Math.min(clean.length(), MESSAGE_LIMIT));
  }

  /** A path with segments that look like secrets masked. */
  public String path(String path) {
    StringBuilder clean = new StringBuilder();
    for (String segment : cut(path).split("/", -1)) {
      boolean secret =
          SecretValues.reason(segment.replace("%40", "@")) != null || NamedSecrets.in(segment);
      clean.append(clean.isEmpty() && segment.isEmpty() ? "" : "/");
      clean.append(secret ? "[redacted]" : segment);
    }
    return clean.isEmpty() ? "/" : clean.substring(0, Math.min(clean.length(), MESSAGE_LIMIT));
  }
}
