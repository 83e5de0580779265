package dev.fettle.search;

import dev.fettle.source.java.JavaFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An editable file with its regions. Confined to the searching thread. */
record Unit(JavaFile file, List<Region> regions) {
  /** For runs each of which begins with fresh static fields. */
  static Unit of(JavaFile file) {
    return new Unit(file, Region.of(file));
  }

  /** For runs that share a class loader: what initializes a class runs once for all of them. */
  static Unit sharingStatics(JavaFile file) {
    return new Unit(file, Region.of(file).stream().filter(r -> !r.initializesClass()).toList());
  }

  String text() {
    return file.text();
  }

  @Nullable Region region(Edit edit) {
    for (Region region : regions) {
      if (region.holds(edit)) {
        return region;
      }
    }
    return null;
  }
}
