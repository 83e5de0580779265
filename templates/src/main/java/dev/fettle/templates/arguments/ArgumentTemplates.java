package dev.fettle.templates.arguments;

import dev.fettle.templates.site.RepairTemplate;
import java.util.List;

/** The templates of this family. */
public final class ArgumentTemplates {
  private ArgumentTemplates() {}

  public static List<RepairTemplate> all() {
    return List.of(new FixArgument(), new ValidateArgumentAtCaller(), new RefuseIllegalArgument());
  }
}
