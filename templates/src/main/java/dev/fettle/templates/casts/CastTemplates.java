package dev.fettle.templates.casts;

import dev.fettle.templates.site.RepairTemplate;
import java.util.List;

/** The templates of this family. */
public final class CastTemplates {
  private CastTemplates() {}

  public static List<RepairTemplate> all() {
    return List.of(new CheckBeforeCast(), new ConvertInsteadOfCast());
  }
}
