package dev.fettle.agent.heal.marks;

import dev.fettle.agent.options.HealMode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.tree.AnnotationNode;

/**
 * What annotations at one place say.
 *
 * @param never whether {@code @NeverHeal} stands there
 * @param rung what {@code @Healable} allows; null when it does not stand there
 */
record Mark(boolean never, @Nullable HealMode rung) {
  static final Mark NONE = new Mark(false, null);
  static final Mark NEVER = new Mark(true, null);
  private static final String PACKAGE = "Ldev/fettle/annotations/";

  static Mark of(@Nullable List<AnnotationNode> annotations) {
    boolean never = false;
    HealMode rung = null;
    for (AnnotationNode each : annotations == null ? List.<AnnotationNode>of() : annotations) {
      if (each.desc.equals(PACKAGE + "NeverHeal;")) {
        never = true;
      } else if (each.desc.equals(PACKAGE + "Healable;")) {
        rung = rung(each);
      }
    }
    return new Mark(never, rung);
  }

  private static HealMode rung(AnnotationNode healable) {
    // a value is written as name, then {descriptor, constant}
    if (healable.values != null
        && healable.values.size() >= 2
        && healable.values.get(1) instanceof String[] constant
        && constant.length == 2) {
      Optional<HealMode> mode = HealMode.of(constant[1].toLowerCase(Locale.ROOT));
      return mode.orElse(HealMode.TYPED);
    }
    return HealMode.TYPED;
  }

  /** What holds at a narrower place: never stays, the nearer rung wins. */
  Mark within(Mark inner) {
    return new Mark(never || inner.never, inner.rung == null ? rung : inner.rung);
  }
}
