package dev.fettle.templates.site;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreeScanner;
import dev.fettle.source.java.Edits;
import dev.fettle.templates.code.Scope;
import dev.fettle.templates.code.TypeName;
import dev.fettle.templates.conventions.Answer;
import dev.fettle.templates.conventions.Need;
import dev.fettle.templates.conventions.Nouns;
import dev.fettle.templates.conventions.Situation;
import dev.fettle.templates.conventions.Subject;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The edits that templates share, at one site. */
public final class Rewriting {
  private static final Pattern QUALIFIED = Pattern.compile("(?<![\\w.])(?:[a-z]\\w*\\.)+[A-Z]\\w*");

  /** Functions of the platform that only compute. */
  private static final Pattern COMPUTES =
      Pattern.compile(
          "(Math|Integer|Long|Double|Objects)\\.\\w+"
              + "|(ChronoUnit\\.[A-Z_]+|Period|Duration)\\.between");

  private final Site site;

  public Rewriting(Site site) {
    this.site = site;
  }

  /** What the code base would do about {@code subject}, when {@code replaced} may be given up. */
  public List<Answer> answers(
      Situation situation, ExpressionTree subject, ExpressionTree replaced) {
    return answers(situation, Subject.of(subject, site.scope()), replaced);
  }

  /** The same for a subject that was described before. */
  public List<Answer> answers(Situation situation, Subject subject, ExpressionTree replaced) {
    Subject known = site.input().origin(subject, site);
    Uses uses = new Uses(site);
    Need.Use use = uses.of(replaced);
    if (replaced instanceof MethodInvocationTree m
        && m.getMethodSelect() instanceof MemberSelectTree s
        && uses.of(s.getExpression()) == Need.Use.MULTIPLIED) {
      use = Need.Use.MULTIPLIED;
    }
    Need need =
        new Need(
            site.returns(),
            site.loop().isPresent(),
            uses.wanted(replaced),
            use,
            site.source(replaced).replace(known.text(), "_"));
    return site.input().conventions().answers(situation, known, site.scope(), need);
  }

  /** How a value is used. */
  public Need.Use use(ExpressionTree e) {
    return new Uses(site).of(e);
  }

  /** The answer's text, with what it needs imported. */
  public String text(Answer answer, Edits edits) {
    return imported(answer.text(), answer, edits);
  }

  private static String imported(String text, Answer answer, Edits edits) {
    String result = text;
    for (String qualified : answer.imports()) {
      String simple = qualified.substring(qualified.lastIndexOf('.') + 1);
      String name = edits.type(qualified);
      if (!name.equals(simple)) {
        result = result.replaceAll("(?<![\\w.])" + simple + "\\b", name);
      }
    }
    return result;
  }

  /** {@code if (condition) answer} before a statement. */
  public Edits guard(StatementTree before, String condition, Answer answer) {
    Edits edits = site.edits();
    return edits.insertBefore(before, guardText(condition, answer, edits));
  }

  /** {@code if (condition) answer} after a statement. */
  public Edits guardAfter(StatementTree after, String condition, Answer answer) {
    Edits edits = site.edits();
    return edits.insertAfter(after, guardText(condition, answer, edits));
  }

  /**
   * Adds every answer to a situation: a guard before the statement for those that leave, a ternary
   * for defaults. A lambda that is an expression becomes a block where the answer throws. Adds none
   * where that condition is asked already.
   *
   * @param condition holds for the bad value
   * @param what begins the rationale: {@code When the list is empty}
   */
  public void treat(
      Proposals all,
      Situation situation,
      Subject subject,
      ExpressionTree replaced,
      String condition,
      String what,
      double bonus) {
    if (asked(replaced, condition)) {
      return;
    }
    Optional<StatementTree> statement = site.statement(replaced);
    Optional<LambdaBody> lambda = LambdaBody.around(site, replaced);
    boolean guards = statement.isPresent() && !site.repeated(replaced);
    double unlikely = site.conditional(replaced) ? 0.12 : 0;
    for (Answer a : answers(situation, subject, replaced)) {
      if (a.kind() == Answer.Kind.DEFAULT) {
        if (wholeStatement(replaced).isEmpty() && !a.text().equals(site.source(replaced))) {
          all.add(
              ternary(replaced, condition, a),
              because(what + ", " + verb(a), a),
              a.score() + bonus);
        }
      } else if (guards) {
        all.add(
            guard(statement.get(), condition, a),
            because(what + ", " + verb(a), a),
            a.score() + bonus - unlikely);
      } else if (lambda.isPresent() && a.kind() == Answer.Kind.THROW) {
        Edits edits = site.edits();
        all.add(
            lambda.get().opened(guardText(condition, a, edits), edits),
            because(what + ", " + verb(a), a),
            a.score() + bonus - unlikely);
      }
    }
  }

  /**
   * The same for a value that must be asked for only once: a local before the statement holds it.
   * Adds nothing for defaults and where no statement stands around the value.
   *
   * @param value what the condition is about, as it stands in the condition
   */
  public void treatNamed(
      Proposals all,
      Situation situation,
      Subject subject,
      ExpressionTree value,
      String condition,
      String what,
      double bonus) {
    Optional<StatementTree> statement = site.statement(value);
    Optional<LambdaBody> lambda = LambdaBody.around(site, value);
    boolean before = statement.isPresent() && !site.repeated(value);
    if (!before && lambda.isEmpty() || site.conditional(value)) {
      return;
    }
    String name = fresh("found");
    for (Answer a : answers(situation, subject, value)) {
      if (a.kind() == Answer.Kind.THROW || before && a.kind() != Answer.Kind.DEFAULT) {
        Edits edits = site.edits();
        String guard = guardText(condition.replace(site.source(value), name), a, edits);
        String text =
            typeText(value, edits) + " " + name + " = " + site.source(value) + ";\n" + guard;
        if (before) {
          edits.insertBefore(statement.get(), text).replace(value, name);
        } else {
          lambda.get().opened(text, value, name, edits);
        }
        all.add(edits, because(what + ", " + verb(a), a), a.score() + bonus);
      }
    }
  }

  /** Whether the condition is asked already on the way to a place. */
  public boolean asked(Tree place, String condition) {
    return new Asked(site).before(place, condition);
  }

  /** The text of a guard. */
  public String guardText(String condition, Answer answer, Edits edits) {
    return "if ("
        + condition
        + ") {\n"
        + edits.step()
        + imported(answer.statement(), answer, edits)
        + "\n}";
  }

  /** {@code condition ? otherwise : expression} in place of the expression. */
  public Edits ternary(ExpressionTree e, String condition, Answer otherwise) {
    Edits edits = site.edits();
    return edits.replace(
        e, wrapped(e, condition + " ? " + text(otherwise, edits) + " : " + site.source(e)));
  }

  /** Text with the parentheses that an operator needs in place of {@code e}. */
  public String wrapped(ExpressionTree e, String text) {
    Tree parent = site.path(e).getParentPath().getLeaf();
    boolean free =
        parent instanceof ParenthesizedTree
            || parent instanceof VariableTree
            || parent instanceof ReturnTree
            || parent instanceof EnhancedForLoopTree
            || parent instanceof LambdaExpressionTree
            || parent instanceof NewClassTree
            || parent instanceof AssignmentTree
            || parent instanceof CompoundAssignmentTree
            || parent instanceof MethodInvocationTree m && m.getArguments().contains(e)
            || parent instanceof ConditionalExpressionTree c && c.getCondition() != e;
    return free ? text : "(" + text + ")";
  }

  /** The longest chain of calls and selects that starts with {@code receiver}. */
  public ExpressionTree chain(ExpressionTree receiver) {
    ExpressionTree e = receiver;
    while (true) {
      TreePath p = site.path(e).getParentPath();
      while (p.getLeaf() instanceof ParenthesizedTree) {
        p = p.getParentPath();
      }
      if (!(p.getLeaf() instanceof MemberSelectTree s)) {
        return e;
      }
      Tree up = p.getParentPath().getLeaf();
      e = up instanceof MethodInvocationTree m && m.getMethodSelect() == s ? m : s;
    }
  }

  /** Whether asking twice gives the same answer and costs nothing that shows. */
  public boolean repeatable(ExpressionTree e) {
    if (e instanceof IdentifierTree || e instanceof LiteralTree) {
      return true;
    }
    if (e instanceof ParenthesizedTree p) {
      return repeatable(p.getExpression());
    }
    if (e instanceof MemberSelectTree s) {
      return repeatable(s.getExpression());
    }
    if (e instanceof com.sun.source.tree.ArrayAccessTree a) {
      return repeatable(a.getExpression()) && repeatable(a.getIndex());
    }
    if (e instanceof com.sun.source.tree.BinaryTree b) {
      return repeatable(b.getLeftOperand()) && repeatable(b.getRightOperand());
    }
    if (e instanceof com.sun.source.tree.TypeCastTree c) {
      return repeatable(c.getExpression());
    }
    if (e instanceof MethodInvocationTree m
        && COMPUTES.matcher(m.getMethodSelect().toString()).matches()) {
      return m.getArguments().stream().allMatch(this::repeatable);
    }
    if (e instanceof MethodInvocationTree m) {
      String name =
          m.getMethodSelect() instanceof MemberSelectTree s
              ? s.getIdentifier().toString()
              : m.getMethodSelect().toString();
      boolean reads =
          name.matches(
                  "(get|is|has|size|length|isEmpty|indexOf|lastIndexOf|trim|strip|values|keySet)\\w*")
              || accessor(m, name);
      boolean receiver =
          !(m.getMethodSelect() instanceof MemberSelectTree s) || repeatable(s.getExpression());
      return reads
          && receiver
          && m.getArguments().stream().allMatch(this::repeatable)
          && (m.getArguments().isEmpty() || onPlainCollection(m));
    }
    return false;
  }

  private boolean accessor(MethodInvocationTree m, String name) {
    return m.getArguments().isEmpty()
        && m.getMethodSelect() instanceof MemberSelectTree s
        && site.input().declarations().field(site.typeOf(s.getExpression()), name).isPresent();
  }

  private boolean onPlainCollection(MethodInvocationTree m) {
    if (!(m.getMethodSelect() instanceof MemberSelectTree s)) {
      return false;
    }
    TypeName t = site.typeOf(s.getExpression());
    return t.map() || t.sequence() || t.text();
  }

  /** The declaration of a local in the same block as {@code near}, when nothing writes between. */
  public Optional<VariableTree> declaredBeside(ExpressionTree variable, StatementTree near) {
    if (!(variable instanceof IdentifierTree i)) {
      return Optional.empty();
    }
    Optional<VariableTree> declared =
        site.scope()
            .name(i.getName().toString())
            .filter(n -> n.kind() == Scope.Name.Kind.LOCAL)
            .map(Scope.Name::tree);
    if (declared.isEmpty() || declared.get().getInitializer() == null) {
      return Optional.empty();
    }
    Tree block = site.path(near).getParentPath().getLeaf();
    if (!(block instanceof BlockTree b)
        || site.path(declared.get()).getParentPath().getLeaf() != block) {
      return Optional.empty();
    }
    int from = b.getStatements().indexOf(declared.get());
    int to = b.getStatements().indexOf(near);
    String write = i.getName() + "\\s*=[^=]";
    boolean written =
        b.getStatements().subList(from + 1, to).stream()
            .anyMatch(s -> Pattern.compile("\\b" + write).matcher(site.source(s)).find());
    return written ? Optional.empty() : declared;
  }

  /**
   * Whether a text names a local or parameter that is written more than once, which no lambda may
   * name.
   */
  public boolean namesWritten(String text) {
    Set<String> written = new HashSet<>();
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitAssignment(AssignmentTree a, Void none) {
        written.add(a.getVariable().toString());
        return super.visitAssignment(a, none);
      }

      @Override
      public Void visitCompoundAssignment(CompoundAssignmentTree a, Void none) {
        written.add(a.getVariable().toString());
        return super.visitCompoundAssignment(a, none);
      }

      @Override
      public Void visitUnary(UnaryTree u, Void none) {
        switch (u.getKind()) {
          case PREFIX_INCREMENT, PREFIX_DECREMENT, POSTFIX_INCREMENT, POSTFIX_DECREMENT ->
              written.add(u.getExpression().toString());
          default -> {}
        }
        return super.visitUnary(u, none);
      }
    }.scan(site.method().orElse(null), null);
    return written.stream()
        .filter(w -> site.scope().name(w).filter(n -> !n.field()).isPresent())
        .anyMatch(w -> Pattern.compile("(?<![\\w.])" + w + "\\b").matcher(text).find());
  }

  /** A name for a new local that nothing around uses. */
  public String fresh(String wish) {
    String stem = wish.isEmpty() ? "value" : wish;
    String name = stem;
    String body = site.method().map(site::source).orElse("");
    for (int n = 2;
        body.matches("(?s).*\\b" + name + "\\b(?!\\s*\\().*")
            || javax.lang.model.SourceVersion.isKeyword(name);
        n++) {
      name = stem + n;
    }
    return name;
  }

  /** A name for the value of an expression. */
  public String nameFor(ExpressionTree e) {
    Subject s = Subject.of(e, site.scope());
    String noun = s.noun(site.scope());
    String simple = noun.replaceAll("\\W", "");
    boolean vague =
        simple.isEmpty()
            || simple.equals("[]")
            || simple.length() == 1
            || site.typeOf(e).box()
            || site.typeOf(e).text();
    String name = vague ? Nouns.property(s.member()).replaceAll("\\W", "") : simple;
    boolean stem = name.isEmpty() || name.equals("get") || name.equals("parse");
    String found = stem ? "value" : name;
    return fresh(Character.toLowerCase(found.charAt(0)) + found.substring(1));
  }

  /** The type of an expression as this file may write it; adds the imports it needs. */
  public String typeText(ExpressionTree e, Edits edits) {
    String type = site.file().typeOf(e).map(site.file()::typeText).orElse("var");
    return type.contains("capture") || type.contains("#") || type.contains("?")
        ? "var"
        : QUALIFIED.matcher(type).replaceAll(m -> edits.type(m.group()));
  }

  /** Whether the expression is all of an expression statement. */
  public Optional<ExpressionStatementTree> wholeStatement(ExpressionTree e) {
    return site.path(e).getParentPath().getLeaf() instanceof ExpressionStatementTree s
        ? Optional.of(s)
        : Optional.empty();
  }

  /** A sentence with the precedent in it. */
  public static String because(String what, Answer answer) {
    return what + ", " + answer.because();
  }

  /** {@code what} said with an answer's verb. */
  public static String verb(Answer answer) {
    return switch (answer.kind()) {
      case THROW -> "throws " + answer.text().replaceAll("^new (\\w+).*$", "$1");
      case RETURN -> answer.text().isEmpty() ? "returns" : "returns " + answer.text();
      case CONTINUE -> "goes on with the next element";
      case DEFAULT -> "uses " + answer.text().replaceAll("^(.{40}).*", "$1...");
    };
  }
}
