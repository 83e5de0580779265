package dev.fettle.contract.model;

/** The text is not the one the patch was made for. */
public final class StalePatchException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public StalePatchException(String path, int offset) {
    super(path + " differs at offset " + offset + " from the text the patch was made for");
  }
}
