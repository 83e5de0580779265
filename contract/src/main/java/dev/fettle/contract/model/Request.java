package dev.fettle.contract.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The request that a failing thread served. Headers are a selection, redacted.
 *
 * @param path path without query
 * @param query raw query, redacted; null when absent
 * @param status the status that was answered; 0 when unknown
 */
public record Request(
    String method, String path, @Nullable String query, Map<String, String> headers, int status) {
  public Request {
    headers = Map.copyOf(headers);
  }
}
