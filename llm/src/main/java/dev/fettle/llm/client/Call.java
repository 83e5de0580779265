package dev.fettle.llm.client;

import dev.fettle.llm.talk.Answer;
import dev.fettle.llm.talk.Deadline;
import dev.fettle.llm.talk.Reply;
import dev.fettle.llm.talk.Reply.Reason;
import dev.fettle.llm.talk.Reply.Unanswered;
import dev.langchain4j.exception.HttpException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes one call to a server and words how it ended. Thread-safe. */
final class Call {
  private final HttpClient client;
  private final InstantSource clock;

  Call(HttpClient client, InstantSource clock) {
    this.client = client;
    this.clock = clock;
  }

  /** A reply with the status that came; 0 when none did. */
  record Ended(Reply reply, int status) {}

  /**
   * Everything that a client library may throw at what a server may say ends here; one of the
   * firebreaks of the build.
   *
   * @param asking by a client library over the transport that it is given
   */
  Ended made(Deadline deadline, Function<CallHttp, Answer> asking) {
    CallHttp http = new CallHttp(client, deadline);
    try {
      return new Ended(new Reply.Answered(asking.apply(http)), 200);
    } catch (RuntimeException e) {
      return refused(e, http);
    }
  }

  private Ended refused(RuntimeException thrown, CallHttp http) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof CallHttp.Broken broken) {
        Reason reason =
            switch (broken.kind()) {
              case TIMEOUT -> Reason.TIMEOUT;
              case CANCELLED -> Reason.CANCELLED;
              case UNREACHABLE -> Reason.UNREACHABLE;
              case TOO_LARGE -> Reason.TOO_LARGE;
            };
        return new Ended(new Unanswered(reason, line(broken.getMessage())), 0);
      }
      if (t instanceof HttpException status) {
        return new Ended(
            new Unanswered(reason(status.statusCode()), said(status), wait(http)),
            status.statusCode());
      }
    }
    return new Ended(
        new Unanswered(Reason.MALFORMED, line(thrown.getClass().getSimpleName())), 200);
  }

  private static Reason reason(int status) {
    if (status == 429) {
      return Reason.THROTTLED;
    }
    return status >= 500 || status == 408 ? Reason.SERVER : Reason.REFUSED;
  }

  /** The server's words are hostile and may repeat the key: only the status is passed on. */
  private static String said(HttpException e) {
    return "status "
        + e.statusCode()
        + switch (e.statusCode()) {
          case 401, 403 -> ": the key is missing, wrong or may not use this model";
          case 404 -> ": no such model or path";
          case 413 -> ": the question is too large";
          default -> "";
        };
  }

  /** Seconds or a date, as RFC 9110 has it. */
  private Optional<Duration> wait(CallHttp http) {
    return http.retryAfter()
        .map(String::strip)
        .flatMap(
            v -> {
              if (v.matches("\\d{1,6}")) {
                return Optional.of(Duration.ofSeconds(Long.parseLong(v)));
              }
              try {
                Instant at =
                    ZonedDateTime.parse(v, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
                Duration wait = Duration.between(clock.instant(), at);
                return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
              } catch (DateTimeParseException e) {
                return Optional.empty();
              }
            });
  }

  private static String line(@Nullable String text) {
    String line = text == null ? "" : text.replaceAll("[\\p{Cntrl}]+", " ");
    return line.length() > 200 ? line.substring(0, 200) : line;
  }
}
