package dev.fettle.templates.site;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import dev.fettle.source.java.Edits;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** The expression that is all of a lambda, as a place that statements can be put before. */
public final class LambdaBody {
  private static final Pattern TAKES_ONLY =
      Pattern.compile("forEach\\w*|ifPresent\\w*|peek|doOn\\w+|thenAccept\\w*|accept|execute|run");
  private static final List<String> OF_OBJECT = List.of("equals", "hashCode", "toString");

  private final Site site;
  private final LambdaExpressionTree lambda;
  private final ExpressionTree body;

  private LambdaBody(Site site, LambdaExpressionTree lambda, ExpressionTree body) {
    this.site = site;
    this.lambda = lambda;
    this.body = body;
  }

  /** The lambda whose value a place is part of; empty where a statement stands in between. */
  public static Optional<LambdaBody> around(Site site, Tree place) {
    Tree child = place;
    for (TreePath p = site.path(place).getParentPath(); p != null; p = p.getParentPath()) {
      Tree leaf = p.getLeaf();
      if (leaf instanceof LambdaExpressionTree l) {
        return l.getBody() == child && child instanceof ExpressionTree e
            ? Optional.of(new LambdaBody(site, l, e))
            : Optional.empty();
      }
      if (leaf instanceof StatementTree) {
        return Optional.empty();
      }
      child = leaf;
    }
    return Optional.empty();
  }

  /** Whether {@code e} is what the lambda gives, not only a part of it. */
  public boolean gives(ExpressionTree e) {
    return e == body && returns();
  }

  /** {@code { before; return body; }}. */
  public Edits opened(String before, Edits edits) {
    return block(before + "\n" + last(site.source(body)), edits);
  }

  /** The same with a name in place of a part of the body. */
  public Edits opened(String before, ExpressionTree part, String name, Edits edits) {
    int from = site.file().start(body);
    String text = site.source(body);
    String named =
        text.substring(0, site.file().start(part) - from)
            + name
            + text.substring(site.file().end(part) - from);
    return block(before + "\n" + last(named), edits);
  }

  /** {@code { try { return body; } catch ... }}. */
  public Edits tried(String handler, Edits edits) {
    return block("try {\n" + edits.step() + last(site.source(body)) + "\n}" + handler, edits);
  }

  private String last(String value) {
    return (returns() ? "return " : "") + value.replace("\r\n", "\n") + ";";
  }

  private Edits block(String statements, Edits edits) {
    String indent = site.file().indentation(site.file().start(body));
    String inner = "\n" + indent + edits.step();
    String text = statements.replaceAll("\n(?=[^\n])", inner);
    return edits.replace(body, "{" + inner + text + "\n" + indent + "}");
  }

  private boolean returns() {
    return site.file().typeOf(lambda).flatMap(this::result).orElseGet(() -> !takesOnly());
  }

  /** Whether the function that the lambda stands for gives a value. */
  private Optional<Boolean> result(TypeMirror type) {
    return site.file().types().asElement(type) instanceof TypeElement function
        ? site.file().members(function).stream()
            .filter(m -> m.getKind() == ElementKind.METHOD)
            .filter(m -> m.getModifiers().contains(Modifier.ABSTRACT))
            .filter(m -> !OF_OBJECT.contains(m.getSimpleName().toString()))
            .map(m -> ((ExecutableElement) m).getReturnType().getKind() != TypeKind.VOID)
            .findFirst()
        : Optional.empty();
  }

  private boolean takesOnly() {
    return site.parent(lambda) instanceof MethodInvocationTree m
        && m.getMethodSelect() instanceof MemberSelectTree s
        && TAKES_ONLY.matcher(s.getIdentifier()).matches();
  }
}
