package dev.fettle.search;

import com.sun.source.tree.MethodTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.VariableTree;
import java.util.stream.Collectors;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;

/**
 * What methods and constructors begin with: the call of the overridden one, fields that are set.
 */
final class BeginMethod implements Family {
  @Override
  public double least(OperatorPrior prior) {
    return Math.min(prior.cost("insert.super"), prior.cost("insert.field"));
  }

  @Override
  public void propose(Site site, Draft draft) {
    if (site.tree() instanceof StatementTree s
        && site.path().getParentPath().getParentPath() != null
        && site.path().getParentPath().getParentPath().getLeaf() instanceof MethodTree method
        && method.getBody() == site.parent()
        && method.getBody().getStatements().stream().filter(site.file()::written).findFirst().get()
            == s
        && !method.getModifiers().getFlags().contains(Modifier.STATIC)) {
      overridden(site, method, draft);
      fields(site, method, draft);
    }
  }

  private static void overridden(Site site, MethodTree method, Draft draft) {
    boolean made = method.getReturnType() == null;
    String call = "super." + method.getName() + "(";
    if (!made
        && site.text(method.getReturnType()).equals("void")
        && !site.text(method.getBody()).contains(call)) {
      String arguments =
          method.getParameters().stream()
              .map(p -> p.getName().toString())
              .collect(Collectors.joining(", "));
      draft.insert("insert.super", 0, site.start(), call + arguments + ");\n");
    }
  }

  private static void fields(Site site, MethodTree method, Draft draft) {
    if (!(site.file().elementOf(method).map(Element::getEnclosingElement).orElse(null)
        instanceof TypeElement type)) {
      return;
    }
    boolean made = method.getReturnType() == null;
    for (VariableTree parameter : method.getParameters()) {
      String name = parameter.getName().toString();
      boolean field =
          site.file().declared(type).stream()
              .anyMatch(
                  m -> m.getKind() == ElementKind.FIELD && m.getSimpleName().contentEquals(name));
      if (field) {
        int at = made ? site.file().end(method.getBody()) - 1 : site.start();
        draft.insert("insert.field", 0, at, "this." + name + " = " + name + ";\n");
      }
    }
  }
}
