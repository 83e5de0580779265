package dev.fettle.store;

/** The database failed. What was being written is not stored. */
public class StorageException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public StorageException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The disk is full. Reading goes on, and writing too as soon as there is room. */
  public static final class Full extends StorageException {
    private static final long serialVersionUID = 1;

    public Full(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
