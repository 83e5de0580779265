package dev.fettle.templates.parsing;

import dev.fettle.templates.site.RepairTemplate;
import java.util.List;

/** The templates of this family. */
public final class ParsingTemplates {
  private ParsingTemplates() {}

  public static List<RepairTemplate> all() {
    return List.of(
        new CatchParseFailure(),
        new StripBeforeParse(),
        new ReuseParsingMethod(),
        new TreatBlankBeforeParse());
  }
}
