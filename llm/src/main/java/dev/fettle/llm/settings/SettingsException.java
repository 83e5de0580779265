package dev.fettle.llm.settings;

/** Settings that cannot be used; the message says what was expected. */
public final class SettingsException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public SettingsException(String message) {
    super(message);
  }
}
