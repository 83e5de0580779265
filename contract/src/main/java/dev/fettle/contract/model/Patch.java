package dev.fettle.contract.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Validated text replacements: sorted by path and offset, not overlapping, at least one that
 * changes something.
 */
public record Patch(List<Replacement> replacements) {
  public Patch {
    List<Replacement> sorted = new ArrayList<>(replacements);
    sorted.sort(Comparator.comparing(Replacement::path).thenComparingInt(Replacement::start));
    for (int i = 1; i < sorted.size(); i++) {
      Replacement a = sorted.get(i - 1);
      Replacement b = sorted.get(i);
      if (a.path().equals(b.path()) && b.start() < a.end()) {
        throw new IllegalArgumentException("replacements overlap in " + a.path());
      }
    }
    if (sorted.stream().allMatch(r -> r.expected().equals(r.text()))) {
      throw new IllegalArgumentException("a patch must change something");
    }
    replacements = List.copyOf(sorted);
  }

  /** The files it touches, sorted. */
  public Set<String> paths() {
    Set<String> paths = new TreeSet<>();
    replacements.forEach(r -> paths.add(r.path()));
    return paths;
  }

  /**
   * The text of {@code path} after the patch.
   *
   * @throws StalePatchException when the text differs from what the patch expects
   */
  public String apply(String path, String before) {
    StringBuilder after = new StringBuilder();
    int at = 0;
    for (Replacement r : replacements) {
      if (!r.path().equals(path)) {
        continue;
      }
      if (r.end() > before.length() || !before.startsWith(r.expected(), r.start())) {
        throw new StalePatchException(path, r.start());
      }
      after.append(before, at, r.start()).append(r.text());
      at = r.end();
    }
    return after.append(before, at, before.length()).toString();
  }
}
