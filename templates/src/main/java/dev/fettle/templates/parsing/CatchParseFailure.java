package dev.fettle.templates.parsing;

import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import dev.fettle.contract.model.FaultClass;
import dev.fettle.source.java.Edits;
import dev.fettle.templates.conventions.Answer;
import dev.fettle.templates.conventions.Situation;
import dev.fettle.templates.site.Proposal;
import dev.fettle.templates.site.Proposals;
import dev.fettle.templates.site.RepairTemplate;
import dev.fettle.templates.site.Rewriting;
import dev.fettle.templates.site.Site;
import dev.fettle.templates.site.TemplateInput;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Catches that a text does not parse, and answers as the code base does. */
final class CatchParseFailure implements RepairTemplate {
  @Override
  public Set<FaultClass> handles() {
    return ParseCall.FAULTS;
  }

  @Override
  public Stream<Proposal> propose(TemplateInput input) {
    Proposals all = new Proposals();
    input.failed().forEach(site -> ParseCall.in(site).forEach(p -> attempt(p, all)));
    return all.stream();
  }

  private static void attempt(ParseCall p, Proposals all) {
    Site site = p.site();
    Optional<StatementTree> statement = site.statement(p.call());
    if (statement.isEmpty() || caught(p) || site.repeated(p.call())) {
      return;
    }
    Rewriting r = new Rewriting(site);
    for (Answer a : r.answers(Situation.UNPARSABLE, p.text(), p.call())) {
      edits(p, statement.get(), a, r)
          .ifPresent(
              e ->
                  all.add(
                      e,
                      Rewriting.because(
                          "When " + site.source(p.text()) + " does not parse, " + Rewriting.verb(a),
                          a),
                      a.score() + (a.kind() == Answer.Kind.THROW ? 0.02 : 0)));
    }
  }

  private static boolean caught(ParseCall p) {
    Site site = p.site();
    Tree child = p.call();
    for (TreePath at = site.path(p.call()).getParentPath(); at != null; at = at.getParentPath()) {
      if (at.getLeaf() instanceof TryTree t
          && t.getBlock() == child
          && t.getCatches().stream()
              .anyMatch(c -> p.exception().endsWith(c.getParameter().getType().toString()))) {
        return true;
      }
      child = at.getLeaf();
    }
    return false;
  }

  private static Optional<Edits> edits(
      ParseCall p, StatementTree statement, Answer a, Rewriting r) {
    Site site = p.site();
    Edits edits = site.edits();
    String exception = edits.type(p.exception());
    String step = edits.step();
    if (a.kind() != Answer.Kind.DEFAULT
        && (statement instanceof ReturnTree || statement instanceof ExpressionStatementTree)) {
      edits.enclose(statement, statement, "try");
      int end = site.file().end(statement);
      String indent = site.file().indentation(site.file().start(statement));
      String handler =
          " catch ("
              + exception
              + " "
              + name(r)
              + ") {\n"
              + step
              + statementOf(a, edits, r)
              + "\n}";
      // the closing brace is the end of the replacement that encloses the statement
      return Optional.of(
          closing(site, edits, statement, handler.replace("\n", "\n" + indent), end));
    }
    if (statement instanceof VariableTree v
        && v.getInitializer() != null
        && a.kind() != Answer.Kind.DEFAULT) {
      String type = declared(v, site, r, edits);
      String modifiers = site.source(v.getModifiers()).replace("final", "").strip();
      String name = v.getName().toString();
      String text =
          (modifiers.isEmpty() ? "" : modifiers + " ")
              + type
              + " "
              + name
              + ";\ntry {\n"
              + step
              + name
              + " = "
              + site.source(v.getInitializer()).replace("\r\n", "\n")
              + ";\n} catch ("
              + exception
              + " "
              + name(r)
              + ") {\n"
              + step
              + statementOf(a, edits, r)
              + "\n}";
      String indent = site.file().indentation(site.file().start(v));
      return Optional.of(edits.replace(v, text.replace("\n", "\n" + indent)));
    }
    String name = r.nameFor(p.call());
    String handler =
        a.kind() == Answer.Kind.DEFAULT
            ? name + " = " + r.text(a, edits) + ";"
            : statementOf(a, edits, r);
    String text =
        r.typeText(p.call(), edits)
            + " "
            + name
            + ";\ntry {\n"
            + step
            + name
            + " = "
            + site.source(p.call()).replace("\r\n", "\n")
            + ";\n} catch ("
            + exception
            + " "
            + name(r)
            + ") {\n"
            + step
            + handler
            + "\n}";
    return r.typeText(p.call(), edits).equals("var")
        ? Optional.empty()
        : Optional.of(edits.insertBefore(statement, text).replace(p.call(), name));
  }

  /** The same edits with the handler behind the brace that closes the try block. */
  private static Edits closing(
      Site site, Edits edits, StatementTree statement, String handler, int end) {
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

  private static String name(Rewriting r) {
    return r.fresh("e");
  }

  private static String declared(VariableTree v, Site site, Rewriting r, Edits edits) {
    String written = v.getType() == null ? "var" : site.source(v.getType());
    return written.equals("var") || written.isEmpty()
        ? r.typeText(v.getInitializer(), edits)
        : written;
  }
}
