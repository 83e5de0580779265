package dev.fettle.templates.nulls;

import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import dev.fettle.contract.model.CapturedValue;
import dev.fettle.contract.model.FaultClass;
import dev.fettle.templates.code.TypeName;
import dev.fettle.templates.site.Rewriting;
import dev.fettle.templates.site.Site;
import dev.fettle.templates.site.TemplateInput;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A place with the expression that was null.
 *
 * @param missing what was null
 * @param replaced what cannot be computed without it: the chain it starts, or itself where it is an
 *     argument, a collection to iterate or a box
 */
record NullSite(Site site, ExpressionTree missing, ExpressionTree replaced) {
  static final Set<FaultClass> NULLS =
      Set.of(FaultClass.NULL_DEREFERENCE, FaultClass.NULL_UNBOXING);

  /** The nulls of a failure: as diagnosed, else whatever on the line could have been null. */
  static Stream<NullSite> of(TemplateInput input) {
    return input.failed().stream()
        .flatMap(
            site ->
                site.culprit()
                    .map(c -> Stream.concat(Stream.of(c), beside(site, c)))
                    .orElseGet(() -> suspicious(site, input))
                    .map(c -> of(site.on(c), c)))
        .filter(n -> !n.already());
  }

  /**
   * The other arguments of a call that takes the culprit: code of the platform says that one of
   * them was null, and not which.
   */
  private static Stream<ExpressionTree> beside(Site site, ExpressionTree culprit) {
    return site.parent(culprit) instanceof MethodInvocationTree call
            && call.getArguments().contains(culprit)
        ? call.getArguments().stream()
            .filter(a -> a != culprit && !(a instanceof LiteralTree))
            .filter(a -> !(a instanceof NewClassTree || a instanceof LambdaExpressionTree))
            .filter(a -> !site.typeOf(a).primitive())
            .limit(4)
            .map(a -> (ExpressionTree) a)
        : Stream.empty();
  }

  private static NullSite of(Site site, ExpressionTree missing) {
    Tree parent = site.parent(missing);
    boolean receiver = parent instanceof MemberSelectTree;
    return new NullSite(site, missing, receiver ? new Rewriting(site).chain(missing) : missing);
  }

  private static Stream<ExpressionTree> suspicious(Site site, TemplateInput input) {
    List<ExpressionTree> all = site.expressions();
    boolean unboxing = input.fault() == FaultClass.NULL_UNBOXING;
    return all.stream()
        .filter(
            e ->
                !(e instanceof LiteralTree
                    || e instanceof NewClassTree
                    || e instanceof LambdaExpressionTree))
        .filter(e -> unboxing ? site.typeOf(e).box() : dereferenced(site, e))
        .filter(e -> !(e instanceof IdentifierTree i) || mayBeNull(i, site, input))
        .limit(4);
  }

  private static boolean mayBeNull(IdentifierTree i, Site site, TemplateInput input) {
    String name = i.getName().toString();
    if (site.scope().name(name).isEmpty()) {
      return false;
    }
    return input.seen(name).map(v -> v instanceof CapturedValue.Null).orElse(true);
  }

  private static boolean dereferenced(Site site, ExpressionTree e) {
    Tree parent = site.parent(e);
    return parent instanceof MemberSelectTree s
            && s.getExpression() == e
            && !site.typeOf(e).primitive()
            && !site.typeOf(e).simple().endsWith("Stream")
            && !(e instanceof IdentifierTree i && isType(i.getName().toString()))
        || parent instanceof EnhancedForLoopTree f && f.getExpression() == e;
  }

  private static boolean isType(String name) {
    return Character.isUpperCase(name.charAt(0)) && !name.equals(name.toUpperCase(Locale.ROOT));
  }

  /** Whether the place tests the value for null already, or the value is not one that may be. */
  private boolean already() {
    String text =
        missing instanceof IdentifierTree i && i.getName().contentEquals("this") ? "this" : "";
    if (!text.isEmpty() || typeName().primitive()) {
      return true;
    }
    return new NullChecks(site).covers(missing);
  }

  private TypeName typeName() {
    return site.typeOf(missing);
  }

  String text() {
    return site.source(missing);
  }

  Rewriting rewriting() {
    return new Rewriting(site);
  }

  /** Whether it was asked of a map, which has a way of its own to name a default. */
  boolean map() {
    return missing instanceof MethodInvocationTree m
        && m.getMethodSelect() instanceof MemberSelectTree s
        && site.typeOf(s.getExpression()).map();
  }

  /** Whether it was looked up with an argument, so that asking again might differ or cost. */
  boolean lookup() {
    return missing instanceof MethodInvocationTree m && !m.getArguments().isEmpty();
  }
}
