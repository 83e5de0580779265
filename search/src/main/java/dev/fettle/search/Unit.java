package dev.fettle.search;

import dev.fettle.source.java.JavaFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An editable file with its regions. Confined to the searching thread. */
record Unit(JavaFile file, List<Region> regions) {
  static Unit of(JavaFile file) {
    return new Unit(file, Region.of(file));
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
