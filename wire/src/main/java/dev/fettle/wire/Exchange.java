package dev.fettle.wire;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The HTTP request that a failing thread served, redacted; {@code status} 0 when unknown. */
public record Exchange(
    String method, String path, @Nullable String query, Map<String, String> headers, int status) {
  public Exchange {
    headers = Map.copyOf(headers);
  }
}
