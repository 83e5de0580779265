package dev.fettle.search;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.tree.VariableTree;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/**
 * Casts of references: to the types that the file tells apart, and of arguments to {@code Object},
 * which chooses another method of the name.
 */
final class CastReference implements Family {
  @Override
  public double least(OperatorPrior prior) {
    return prior.cost("cast.reference");
  }

  @Override
  public void propose(Site site, Draft draft) {
    if (site.tree() instanceof TypeCastTree cast
        && site.file().typeOf(cast).filter(t -> t.getKind() == TypeKind.DECLARED).isPresent()) {
      for (String other : site.around().typesToldApart()) {
        draft.replace("cast.reference", 0.3, cast.getType(), other);
      }
      return;
    }
    if (!(site.tree() instanceof ExpressionTree e)
        || e instanceof LambdaExpressionTree
        || e instanceof MemberReferenceTree) {
      return;
    }
    boolean argument =
        site.parent() instanceof MethodInvocationTree call && call.getArguments().contains(e);
    boolean given = site.parent() instanceof ReturnTree || site.parent() instanceof VariableTree;
    TypeMirror type = argument || given ? site.file().typeOf(e).orElse(null) : null;
    if (type == null || type.getKind() == TypeKind.NULL || type.getKind() == TypeKind.VOID) {
      return;
    }
    String text = site.text();
    String closed = text.matches("[\\w.]+(\\([^()]*\\))?") ? text : "(" + text + ")";
    boolean object = String.valueOf(type).equals("java.lang.Object");
    if (argument && !object && type.getKind() != TypeKind.ARRAY) {
      draft.replace("cast.reference", 0, "(Object) " + closed);
    }
    if (type.getKind() == TypeKind.DECLARED) {
      for (String special : site.around().specialized(type)) {
        draft.replace("cast.reference", 0.3, "(" + special + ") " + closed);
      }
    }
  }
}
