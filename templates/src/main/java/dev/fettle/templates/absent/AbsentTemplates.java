package dev.fettle.templates.absent;

import dev.fettle.templates.site.RepairTemplate;
import java.util.List;

/** The templates of this family. */
public final class AbsentTemplates {
  private AbsentTemplates() {}

  public static List<RepairTemplate> all() {
    return List.of(new UnwrapOptionalSafely(), new GuardEmptyCollection(), new CatchMissingRow());
  }
}
