package dev.fettle.wire;

import java.io.IOException;

/** The bytes are not a message of this protocol, or exceed a limit. */
public final class MalformedMessageException extends IOException {
  private static final long serialVersionUID = 1L;

  MalformedMessageException(String message, Throwable cause) {
    super(message, cause);
  }

  MalformedMessageException(String message) {
    super(message);
  }
}
