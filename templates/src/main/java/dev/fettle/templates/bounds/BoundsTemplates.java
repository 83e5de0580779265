package dev.fettle.templates.bounds;

import dev.fettle.templates.site.RepairTemplate;
import java.util.List;

/** The templates of this family. */
public final class BoundsTemplates {
  private BoundsTemplates() {}

  public static List<RepairTemplate> all() {
    return List.of(
        new FixBound(),
        new GuardIndex(),
        new ClampIndex(),
        new ClampSubstring(),
        new GuardSubstring(),
        new GuardNegativeSize());
  }
}
