package dev.fettle.contract.spi;

import dev.fettle.contract.model.CommitRef;
import dev.fettle.contract.model.SourcePlace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the failing revision. Never changes a checkout, its index or its references. */
public interface Revisions {
  /** The tree, or why there is none. */
  sealed interface Checkout {
    /** Found. {@code note} says, for example, that the work tree was dirty; may be empty. */
    record Found(SourceTree tree, String note) implements Checkout {}

    /** Not found, and why. */
    record Missing(String reason) implements Checkout {}
  }

  /**
   * @param revision commit that runs; null takes HEAD with the work tree's changes
   */
  Checkout checkout(@Nullable String revision);

  /** Commits that last touched the lines of the places, newest first, at most {@code limit}. */
  List<CommitRef> lastTouched(SourceTree tree, List<SourcePlace> places, int limit);
}
