package dev.fettle.templates;

import dev.fettle.templates.nulls.NullTemplates;
import dev.fettle.templates.site.RepairTemplate;
import java.util.List;
import java.util.stream.Stream;

/** Every built-in template. A new one is added to its family, and here when the family is new. */
final class Catalog {
  private Catalog() {}

  static List<RepairTemplate> all() {
    return Stream.of(NullTemplates.all()).flatMap(List::stream).toList();
  }
}
