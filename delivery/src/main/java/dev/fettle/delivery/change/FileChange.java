package dev.fettle.delivery.change;

import java.util.Optional;

/**
 * One file before and after.
 *
 * @param path relative to the repository's root, with {@code /}
 * @param before its text; empty when the change adds the file
 */
public record FileChange(String path, Optional<String> before, String after) {}
