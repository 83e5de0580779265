package dev.fettle.contract.model;

import org.jspecify.annotations.Nullable;

/**
 * Where a signal came from.
 *
 * @param service logical name
 * @param instance unique per process start
 * @param version of the application; null when unknown
 * @param revision git commit of the running build, 40 hex digits or a unique prefix; null when
 *     unknown
 * @param javaVersion of the process, such as {@code 17.0.15}; null when unknown
 * @param source which intake received it: {@code agent}, {@code log}, ...
 */
public record Origin(
    String service,
    String instance,
    @Nullable String version,
    @Nullable String revision,
    @Nullable String javaVersion,
    String source) {
  public Origin {
    if (service.isBlank()) {
      throw new IllegalArgumentException("an origin needs a service");
    }
  }
}
