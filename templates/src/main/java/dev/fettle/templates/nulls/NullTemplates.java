package dev.fettle.templates.nulls;

import dev.fettle.templates.site.RepairTemplate;
import java.util.List;

/** The templates of this family. */
public final class NullTemplates {
  private NullTemplates() {}

  public static List<RepairTemplate> all() {
    return List.of(
        new GuardNullReceiver(),
        new SafeNavigateWithDefault(),
        new SkipWhenNull(),
        new AddNullConjunct(),
        new CompareConstantFirst(),
        new CompareWithObjectsEquals(),
        new UseGetOrDefault(),
        new GuardNullUnboxing(),
        new InitializeField(),
        new ReturnEmptyFromProducer(),
        new MoveNullCheckBeforeUse(),
        new OrderNullsLast(),
        new FilterNullsBeforeUnboxing());
  }
}
