package dev.fettle.templates.recursion;

import dev.fettle.templates.site.RepairTemplate;
import java.util.List;

/** The templates of this family. */
public final class RecursionTemplates {
  private RecursionTemplates() {}

  public static List<RepairTemplate> all() {
    return List.of(new BoundRecursion(), new ReadFieldInsteadOfSelf());
  }
}
