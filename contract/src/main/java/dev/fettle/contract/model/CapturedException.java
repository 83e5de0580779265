package dev.fettle.contract.model;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A throwable as captured.
 *
 * @param type binary class name
 * @param frames innermost first, middle cut when longer than 500
 * @param cause the next throwable down the chain; chains longer than 20 are cut
 */
public record CapturedException(
    String type,
    @Nullable String message,
    List<CapturedFrame> frames,
    @Nullable CapturedException cause) {
  public CapturedException {
    if (type.isBlank()) {
      throw new IllegalArgumentException("an exception needs a type");
    }
    frames = List.copyOf(frames);
  }

  /** The last throwable of the cause chain. */
  public CapturedException root() {
    CapturedException e = this;
    while (e.cause != null) {
      e = e.cause;
    }
    return e;
  }

  /** The innermost application frame. */
  public Optional<CapturedFrame> topApplicationFrame() {
    return frames.stream().filter(CapturedFrame::application).findFirst();
  }

  /** Application frames, innermost first. */
  public List<CapturedFrame> applicationFrames() {
    return frames.stream().filter(CapturedFrame::application).toList();
  }
}
