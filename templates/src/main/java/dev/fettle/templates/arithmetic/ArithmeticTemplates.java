package dev.fettle.templates.arithmetic;

import dev.fettle.templates.site.RepairTemplate;
import java.util.List;

/** The templates of this family. */
public final class ArithmeticTemplates {
  private ArithmeticTemplates() {}

  public static List<RepairTemplate> all() {
    return List.of(new GuardZeroDivisor(), new RoundDivision());
  }
}
