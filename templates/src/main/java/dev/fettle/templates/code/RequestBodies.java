package dev.fettle.templates.code;

import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import java.util.HashSet;
import java.util.Set;

/** Types that controllers take as {@code @RequestBody}, with the types of their components. */
final class RequestBodies {
  private RequestBodies() {}

  static Set<String> of(Declarations declarations) {
    Set<String> found = new HashSet<>();
    for (Unit unit : declarations.units()) {
      if (!unit.text().contains("@RequestBody")) {
        continue;
      }
      new TreeScanner<Void, Void>() {
        @Override
        public Void visitVariable(VariableTree v, Void none) {
          if (v.getType() != null
              && v.getModifiers().getAnnotations().stream()
                  .anyMatch(a -> a.getAnnotationType().toString().endsWith("RequestBody"))) {
            add(TypeName.parse(v.getType().toString()), declarations, found);
          }
          return super.visitVariable(v, none);
        }
      }.scan(unit.tree(), null);
    }
    return found;
  }

  private static void add(TypeName type, Declarations declarations, Set<String> found) {
    type.arguments().forEach(a -> add(a, declarations, found));
    Declared d = declarations.type(type).orElse(null);
    if (d != null && !d.isEnum() && found.add(d.simple())) {
      d.fields().values().forEach(f -> add(f, declarations, found));
    }
  }
}
