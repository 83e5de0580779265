package dev.fettle.templates.cases;

import dev.fettle.templates.site.RepairTemplate;
import java.util.List;

/** The templates of this family. */
public final class CaseTemplates {
  private CaseTemplates() {}

  public static List<RepairTemplate> all() {
    return List.of(new AddMissingCase());
  }
}
