package dev.fettle.contract.spi;

import dev.fettle.contract.model.ProjectModel;

/** Has the build of a tree describe it, on a copy that it builds once per revision. */
public interface ProjectReader {
  /** The model, or why there is none. */
  sealed interface Reading {
    /** Read. */
    record Read(ProjectModel project) implements Reading {}

    /** The build failed or wants what is not here; {@code reason} ends in what was expected. */
    record Unreadable(String reason) implements Reading {}
  }

  /** Cached by the tree's content; the first call builds. */
  Reading read(SourceTree tree);
}
