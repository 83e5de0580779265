package dev.fettle.search;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change that might repair the program.
 *
 * @param path the one file it changes
 * @param edits sorted, not overlapping, at least one
 * @param operator names in the prior, joined by {@code +} for pairs
 * @param cost how unlikely it is: the negative logarithm of a share, comparable within one search
 * @param host where it can share the method with others; null when it needs a copy of its own
 */
record Proposal(String path, List<Edit> edits, String operator, double cost, @Nullable Host host) {
  Proposal {
    List<Edit> sorted = new ArrayList<>(edits);
    sorted.sort(Edit.BY_PLACE);
    edits = List.copyOf(sorted);
  }

  Proposal(String path, List<Edit> edits, String operator, double cost) {
    this(path, edits, operator, cost, null);
  }

  /** The same in a copy of its own. */
  Proposal apart() {
    return new Proposal(path, edits, operator, cost);
  }

  int start() {
    return edits.get(0).start();
  }

  int end() {
    return edits.get(edits.size() - 1).end();
  }

  boolean overlaps(Proposal other) {
    return edits.stream().anyMatch(a -> other.edits.stream().anyMatch(a::overlaps));
  }
}
