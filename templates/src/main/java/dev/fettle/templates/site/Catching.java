package dev.fettle.templates.site;

import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import dev.fettle.source.java.Edits;
import dev.fettle.templates.conventions.Answer;
import dev.fettle.templates.conventions.Situation;
import dev.fettle.templates.conventions.Subject;
import java.util.Optional;

/**
 * Puts a call that fails for what it was given into a try statement whose handler answers as the
 * code base does.
 *
 * @param call what throws; a method reference stands for the calls that the statement around makes
 * @param exception qualified name of what is caught
 */
public record Catching(Site site, ExpressionTree call, String exception) {

  /**
   * Adds every answer to a situation. Adds none where the exception is caught already.
   *
   * @param what begins the rationale: {@code When text does not parse}
   */
  public void treat(Proposals all, Situation situation, Subject subject, String what) {
    Optional<StatementTree> statement = site.statement(call);
    Optional<LambdaBody> lambda = LambdaBody.around(site, call);
    if (caught() || statement.isEmpty() && lambda.isEmpty()) {
      return;
    }
    if (statement.isPresent() && site.repeated(call)) {
      return;
    }
    Rewriting r = new Rewriting(site);
    for (Answer a : r.answers(situation, subject, call)) {
      Optional<Edits> edits =
          statement.isPresent() ? edits(statement.get(), a, r) : edits(lambda.get(), a, r);
      edits.ifPresent(
          e ->
              all.add(
                  e,
                  Rewriting.because(what + ", " + Rewriting.verb(a), a),
                  a.score() + (a.kind() == Answer.Kind.THROW ? 0.02 : 0)));
    }
  }

  private boolean caught() {
    Tree child = call;
    for (TreePath at = site.path(call).getParentPath(); at != null; at = at.getParentPath()) {
      if (at.getLeaf() instanceof TryTree t
          && t.getBlock() == child
          && t.getCatches().stream()
              .anyMatch(c -> exception.endsWith(c.getParameter().getType().toString()))) {
        return true;
      }
      child = at.getLeaf();
    }
    return false;
  }

  private Optional<Edits> edits(LambdaBody lambda, Answer a, Rewriting r) {
    Edits edits = site.edits();
    String statement =
        switch (a.kind()) {
          case THROW -> "throw " + r.text(a, edits) + ";";
          case DEFAULT -> lambda.gives(call) ? "return " + r.text(a, edits) + ";" : "";
          case RETURN, CONTINUE -> "";
        };
    return statement.isEmpty()
        ? Optional.empty()
        : Optional.of(lambda.tried(handler(statement, r, edits), edits));
  }

  private Optional<Edits> edits(StatementTree statement, Answer a, Rewriting r) {
    boolean leaves = a.kind() != Answer.Kind.DEFAULT;
    if (leaves
        && (statement instanceof ReturnTree || statement instanceof ExpressionStatementTree)) {
      return Optional.of(enclosed(statement, a, r));
    }
    if (leaves && statement instanceof VariableTree v && v.getInitializer() != null) {
      return Optional.of(split(v, a, r));
    }
    return call instanceof MemberReferenceTree ? Optional.empty() : named(statement, a, r);
  }

  private Edits enclosed(StatementTree statement, Answer a, Rewriting r) {
    Edits edits = site.edits();
    String handler = handler(statementOf(a, edits, r), r, edits);
    edits.enclose(statement, statement, "try");
    int end = site.file().end(statement);
    String indent = site.file().indentation(site.file().start(statement));
    // the closing brace is the end of the replacement that encloses the statement
    return closing(edits, statement, handler.replace("\n", "\n" + indent), end);
  }

  private Edits split(VariableTree v, Answer a, Rewriting r) {
    Edits edits = site.edits();
    String handler = handler(statementOf(a, edits, r), r, edits);
    String type = declared(v, r, edits);
    String modifiers = site.source(v.getModifiers()).replace("final", "").strip();
    String name = v.getName().toString();
    String text =
        (modifiers.isEmpty() ? "" : modifiers + " ")
            + type
            + " "
            + name
            + ";\ntry {\n"
            + edits.step()
            + name
            + " = "
            + site.source(v.getInitializer()).replace("\r\n", "\n")
            + ";\n}"
            + handler;
    String indent = site.file().indentation(site.file().start(v));
    return edits.replace(v, text.replace("\n", "\n" + indent));
  }

  private Optional<Edits> named(StatementTree statement, Answer a, Rewriting r) {
    Edits edits = site.edits();
    String name = r.nameFor(call);
    String answer =
        a.kind() == Answer.Kind.DEFAULT
            ? name + " = " + r.text(a, edits) + ";"
            : statementOf(a, edits, r);
    String handler = handler(answer, r, edits);
    String type = r.typeText(call, edits);
    String text =
        type
            + " "
            + name
            + ";\ntry {\n"
            + edits.step()
            + name
            + " = "
            + site.source(call).replace("\r\n", "\n")
            + ";\n}"
            + handler;
    return type.equals("var")
        ? Optional.empty()
        : Optional.of(edits.insertBefore(statement, text).replace(call, name));
  }

  private String handler(String statement, Rewriting r, Edits edits) {
    return " catch ("
        + edits.type(exception)
        + " "
        + r.fresh("e")
        + ") {\n"
        + edits.step()
        + statement
        + "\n}";
  }

  /** The same edits with the handler behind the brace that closes the try block. */
  private Edits closing(Edits edits, StatementTree statement, String handler, int end) {
    Edits joined = site.edits();
    edits
        .replacements()
        .forEach(
            x -> {
              boolean body = x.start() == site.file().start(statement) && x.end() == end;
              String text = x.text().replace("\r\n", "\n");
              joined.replace(x.start(), x.end(), body ? text + handler : text);
            });
    return joined;
  }

  private static String statementOf(Answer a, Edits edits, Rewriting r) {
    return a.kind() == Answer.Kind.THROW ? "throw " + r.text(a, edits) + ";" : a.statement();
  }

  private String declared(VariableTree v, Rewriting r, Edits edits) {
    String written = v.getType() == null ? "var" : site.source(v.getType());
    return written.equals("var") || written.isEmpty()
        ? r.typeText(v.getInitializer(), edits)
        : written;
  }
}
