package dev.fettle.templates.collections;

import dev.fettle.templates.site.RepairTemplate;
import java.util.List;

/** The templates of this family. */
public final class CollectionTemplates {
  private CollectionTemplates() {}

  public static List<RepairTemplate> all() {
    return List.of(
        new RemoveWithRemoveIf(),
        new IterateOverCopy(),
        new CopyToMutable(),
        new CallOwnersMethod());
  }
}
