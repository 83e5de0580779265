package dev.fettle.templates.resources;

import dev.fettle.templates.site.RepairTemplate;
import java.util.List;

/** The templates of this family. */
public final class ResourceTemplates {
  private ResourceTemplates() {}

  public static List<RepairTemplate> all() {
    return List.of(new CloseLeakedResource());
  }
}
