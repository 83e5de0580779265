package dev.fettle.lab.search;

import org.jspecify.annotations.Nullable;

/** A test bound to the classes of one loader. */
interface Trial {
  /**
   * Runs it once.
   *
   * @return null when it passed, else why not
   */
  @Nullable Throwable run();
}
