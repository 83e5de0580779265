package dev.fettle.server.view;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** Why people refuse a patch, in their words. */
public final class Reason {
  private static final int LONGEST = 2_000;

  private Reason() {}

  /**
   * The reason as it was given.
   *
   * @throws ResponseStatusException status 400 when there is none, or it is too long
   */
  public static String checked(@Nullable String reason) {
    if (reason == null || reason.isBlank() || reason.length() > LONGEST) {
      throw new ResponseStatusException(
          HttpStatus.BAD_REQUEST, "expected a reason of 1 to " + LONGEST + " characters");
    }
    return reason;
  }
}
