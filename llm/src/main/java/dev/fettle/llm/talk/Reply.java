package dev.fettle.llm.talk;

import java.time.Duration;
import java.util.Optional;

/** What came of asking. */
public sealed interface Reply {
  /** An answer, unread. */
  record Answered(Answer answer) implements Reply {}

  /**
   * No answer.
   *
   * @param detail for people, one line, without secrets
   * @param retryAfter how long the other side wants to be left alone, if it said so
   */
  record Unanswered(Reason reason, String detail, Optional<Duration> retryAfter) implements Reply {
    public Unanswered(Reason reason, String detail) {
      this(reason, detail, Optional.empty());
    }

    /** One line for people. */
    public String display() {
      return reason.words() + (detail.isEmpty() ? "" : ": " + detail);
    }
  }

  /** Why there is no answer. */
  enum Reason {
    /** No model is configured, or a repository said none. */
    OFF("no model is configured", false, false),
    /** A budget of tokens or cost is spent. */
    BUDGET("the budget is spent", false, false),
    /** Too many failures lately; nothing was sent. */
    RESTING("the model failed too often and is left alone for a while", false, false),
    /** The deadline passed. */
    TIMEOUT("no answer in time", true, true),
    /** 429. */
    THROTTLED("the server asks to wait", true, false),
    /** 5xx. */
    SERVER("the server failed", true, true),
    /** No connection, TLS failure, reset. */
    UNREACHABLE("the server cannot be reached", true, true),
    /** Other 4xx: key, model name, request. */
    REFUSED("the server refuses the request", false, false),
    /** More bytes than an answer may have. */
    TOO_LARGE("the answer is too large", false, true),
    /** Not what the protocol says, or empty. */
    MALFORMED("the answer cannot be read", true, true),
    /** Replay: nothing recorded for this question. */
    NOT_RECORDED("no recording for this question", false, false),
    /** Exchange in a batch: written, to be answered later. */
    PENDING("written, not answered yet", false, false),
    /** The asking thread was interrupted. */
    CANCELLED("cancelled", false, false);

    private final String words;
    private final boolean retriable;
    private final boolean failure;

    Reason(String words, boolean retriable, boolean failure) {
      this.words = words;
      this.retriable = retriable;
      this.failure = failure;
    }

    /** For people. */
    public String words() {
      return words;
    }

    /** Whether asking again may help. */
    public boolean retriable() {
      return retriable;
    }

    /** Whether it speaks against the server's health. */
    public boolean failure() {
      return failure;
    }
  }
}
