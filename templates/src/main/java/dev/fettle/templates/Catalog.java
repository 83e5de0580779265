package dev.fettle.templates;

import dev.fettle.templates.absent.AbsentTemplates;
import dev.fettle.templates.arguments.ArgumentTemplates;
import dev.fettle.templates.arithmetic.ArithmeticTemplates;
import dev.fettle.templates.bounds.BoundsTemplates;
import dev.fettle.templates.cases.CaseTemplates;
import dev.fettle.templates.casts.CastTemplates;
import dev.fettle.templates.collections.CollectionTemplates;
import dev.fettle.templates.nulls.NullTemplates;
import dev.fettle.templates.parsing.ParsingTemplates;
import dev.fettle.templates.recursion.RecursionTemplates;
import dev.fettle.templates.resources.ResourceTemplates;
import dev.fettle.templates.site.RepairTemplate;
import java.util.List;
import java.util.stream.Stream;

/** Every built-in template. A new one is added to its family, and here when the family is new. */
final class Catalog {
  private Catalog() {}

  static List<RepairTemplate> all() {
    return Stream.of(
            NullTemplates.all(),
            AbsentTemplates.all(),
            BoundsTemplates.all(),
            ParsingTemplates.all(),
            ArithmeticTemplates.all(),
            CastTemplates.all(),
            CollectionTemplates.all(),
            CaseTemplates.all(),
            ResourceTemplates.all(),
            RecursionTemplates.all(),
            ArgumentTemplates.all())
        .flatMap(List::stream)
        .toList();
  }
}
