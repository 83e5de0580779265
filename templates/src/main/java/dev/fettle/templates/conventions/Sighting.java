package dev.fettle.templates.conventions;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.Tree;
import dev.fettle.templates.code.Scope;
import org.jspecify.annotations.Nullable;

/**
 * One place where the code base treats a situation.
 *
 * @param value what is thrown, returned or put instead; null for {@code continue}, {@code break}
 *     and a plain {@code return}
 * @param scope names visible there
 */
record Sighting(
    Situation situation,
    Subject subject,
    Response response,
    @Nullable ExpressionTree value,
    Scope scope,
    Tree at) {

  /** What is done about it. */
  enum Response {
    THROW,
    RETURN,
    CONTINUE,
    BREAK,
    DEFAULT,
    /** The rest happens only where the value is fine. */
    SKIP
  }

  /** {@code OrderService.cancel at line 41}, for people. */
  String display() {
    String method = scope.method() == null ? "" : "." + scope.method().getName();
    return scope.className()
        + method.replace(".<init>", "'s constructor")
        + " at line "
        + scope.unit().line(at);
  }
}
