package dev.fettle.templates.recursion;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import dev.fettle.contract.model.FaultClass;
import dev.fettle.source.java.Edits;
import dev.fettle.templates.code.TypeName;
import dev.fettle.templates.conventions.Answer;
import dev.fettle.templates.conventions.Need;
import dev.fettle.templates.conventions.Situation;
import dev.fettle.templates.conventions.Subject;
import dev.fettle.templates.site.Proposal;
import dev.fettle.templates.site.Proposals;
import dev.fettle.templates.site.RepairTemplate;
import dev.fettle.templates.site.Rewriting;
import dev.fettle.templates.site.Site;
import dev.fettle.templates.site.TemplateInput;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/** Ends a recursion: at zero for a count, at what was visited before for a graph. */
final class BoundRecursion implements RepairTemplate {
  @Override
  public Set<FaultClass> handles() {
    return Set.of(FaultClass.UNBOUNDED_RECURSION);
  }

  @Override
  public Stream<Proposal> propose(TemplateInput input) {
    Proposals all = new Proposals();
    Set<MethodTree> seen = new LinkedHashSet<>();
    for (Site site : input.named()) {
      site.method().filter(seen::add).ifPresent(m -> bound(site, m, all));
    }
    return all.stream();
  }

  private static void bound(Site site, MethodTree m, Proposals all) {
    List<MethodInvocationTree> calls = selfCalls(m);
    if (calls.isEmpty() || m.getBody() == null || m.getBody().getStatements().isEmpty()) {
      return;
    }
    for (int i = 0; i < m.getParameters().size(); i++) {
      VariableTree p = m.getParameters().get(i);
      TypeName type = TypeName.parse(p.getType().toString());
      String name = p.getName().toString();
      ExpressionTree argument = calls.get(0).getArguments().get(i);
      if (type.integral()
          && site.source(argument).replace(" ", "").matches(name + "(-|/|>>|\\+)[\\w.]+")) {
        boolean up = site.source(argument).contains("+");
        if (!relaxed(site, m, name, up, all) && !up) {
          counted(site, m, calls, name, all);
        }
        return;
      }
    }
    if (!m.getBody().toString().contains("visited")) {
      visited(site, m, calls, all);
    }
  }

  /** An end that is met only exactly is stepped over: {@code n == 0} becomes {@code n <= 0}. */
  private static boolean relaxed(Site site, MethodTree m, String name, boolean up, Proposals all) {
    for (StatementTree s : m.getBody().getStatements()) {
      if (s instanceof IfTree i
          && bare(i.getCondition()) instanceof BinaryTree b
          && b.getKind() == Tree.Kind.EQUAL_TO
          && b.getLeftOperand().toString().equals(name)
          && returns(i.getThenStatement())) {
        all.add(
            site.edits()
                .replace(b, name + (up ? " >= " : " <= ") + site.source(b.getRightOperand())),
            "The recursion also ends where " + name + " steps over its end",
            0.9);
        return true;
      }
    }
    return false;
  }

  private static boolean returns(StatementTree s) {
    StatementTree only =
        s instanceof BlockTree b && b.getStatements().size() == 1 ? b.getStatements().get(0) : s;
    return only instanceof ReturnTree;
  }

  private static ExpressionTree bare(ExpressionTree e) {
    return e instanceof ParenthesizedTree p ? p.getExpression() : e;
  }

  private static void counted(
      Site site, MethodTree m, List<MethodInvocationTree> calls, String name, Proposals all) {
    StatementTree first = m.getBody().getStatements().get(0);
    Site at = site.input().site(site.file(), first);
    TypeName type = TypeName.parse(String.valueOf(m.getReturnType()));
    boolean product = m.getBody().toString().contains("*");
    String value = type.simple().equals("void") ? "" : type.numeric() ? product ? "1" : "0" : null;
    Rewriting r = new Rewriting(at);
    // where zero is an end of its own already, only what is beyond it never ends
    boolean ends = m.getBody().toString().matches("(?s).*\\b" + name + " == 0\\b.*");
    String condition = name + (ends ? " < 0" : " <= 0");
    if (r.asked(calls.get(0), condition)) {
      return;
    }
    if (value != null && type.primitive() || type.simple().equals("void")) {
      Answer a =
          new Answer(
              Answer.Kind.RETURN, String.valueOf(value), Set.of(), 0.75, "that is the neutral end");
      all.add(
          r.guard(first, condition, a), "The recursion ends when " + name + " is used up", 0.75);
    }
    Subject subject =
        new Subject(
            TypeName.of("int"), name, name, Subject.Source.PARAMETER, "", "", null, null, false);
    for (Answer a : answers(at, Situation.OUT_OF_RANGE, subject, type)) {
      if (a.kind() == Answer.Kind.RETURN || a.kind() == Answer.Kind.THROW) {
        all.add(
            r.guard(first, condition, a),
            Rewriting.because("The recursion ends when " + name + " is used up", a),
            a.score());
      }
    }
  }

  private static List<Answer> answers(
      Site at, Situation situation, Subject subject, TypeName returns) {
    Need need = new Need(returns, false, TypeName.UNKNOWN, Need.Use.RETURNED, "");
    return at.input().conventions().answers(situation, subject, at.scope(), need);
  }

  /** A second method carries what was seen; the first keeps its signature for its callers. */
  private static void visited(
      Site site, MethodTree m, List<MethodInvocationTree> calls, Proposals all) {
    Optional<VariableTree> node =
        m.getParameters().stream()
            .map(p -> (VariableTree) p)
            .filter(
                p ->
                    !TypeName.parse(p.getType().toString()).primitive() || key(site, p).isPresent())
            .filter(p -> changes(site, m, p, calls))
            .findFirst();
    if (node.isEmpty() || m.getReturnType() == null) {
      return;
    }
    VariableTree p = node.get();
    Key key = key(site, p).orElseGet(() -> new Key(p.getName().toString(), "Object"));
    TypeName returns = TypeName.parse(m.getReturnType().toString());
    StatementTree first = m.getBody().getStatements().get(0);
    Site at = site.input().site(site.file(), first);
    Rewriting r = new Rewriting(at);
    double score = 0.7;
    for (Answer a : ends(returns, at, p)) {
      all.add(
          carried(site, m, calls, key, a, r),
          "The recursion ends where it comes to what it has seen before",
          score);
      score -= 0.06;
    }
  }

  private static List<Answer> ends(TypeName returns, Site at, VariableTree p) {
    Subject subject =
        new Subject(
            TypeName.parse(p.getType().toString()),
            p.getName().toString(),
            p.getName().toString(),
            Subject.Source.OTHER,
            "",
            "",
            null,
            null,
            false);
    return answers(at, Situation.EMPTY, subject, returns).stream()
        .filter(a -> a.kind() == Answer.Kind.RETURN || a.kind() == Answer.Kind.THROW)
        .filter(a -> !a.text().equals("null") || !returns.primitive())
        .sorted(java.util.Comparator.comparing(a -> a.kind() != Answer.Kind.RETURN))
        .limit(3)
        .toList();
  }

  private static Edits carried(
      Site site, MethodTree m, List<MethodInvocationTree> calls, Key key, Answer a, Rewriting r) {
    Edits edits = site.edits();
    String set = edits.type("java.util.Set");
    boolean identity = key.type().equals("Object") && key.text().matches("\\w+");
    String fresh =
        identity
            ? edits.type("java.util.Collections")
                + ".newSetFromMap(new "
                + edits.type("java.util.IdentityHashMap")
                + "<>())"
            : "new " + edits.type("java.util.HashSet") + "<>()";
    String name = r.fresh("visited");
    int start = site.file().start(m);
    int open = site.file().start(m.getBody());
    String header = site.file().text().substring(start, open).replace("\r\n", "\n").stripTrailing();
    String indent = site.file().indentation(start);
    boolean isVoid = String.valueOf(m.getReturnType()).equals("void");
    List<String> names = m.getParameters().stream().map(p -> p.getName().toString()).toList();
    String delegate =
        header
            + " {\n"
            + indent
            + edits.step()
            + (isVoid ? "" : "return ")
            + m.getName()
            + "("
            + String.join(", ", names)
            + ", "
            + fresh
            + ");\n"
            + indent
            + "}\n\n"
            + indent;
    boolean isStatic = m.getModifiers().getFlags().contains(Modifier.STATIC);
    String carrier =
        "private "
            + (isStatic ? "static " : "")
            + site.source(m.getReturnType())
            + " "
            + m.getName()
            + "("
            + String.join(", ", m.getParameters().stream().map(site::source).toList())
            + ", "
            + set
            + "<"
            + key.type()
            + "> "
            + name
            + ")"
            + (m.getThrows().isEmpty()
                ? ""
                : " throws " + String.join(", ", m.getThrows().stream().map(site::source).toList()))
            + " ";
    edits.replace(start, open, delegate + carrier);
    StatementTree first = m.getBody().getStatements().get(0);
    edits.insertBefore(first, r.guardText("!" + name + ".add(" + key.text() + ")", a, edits));
    for (MethodInvocationTree call : calls) {
      int end = site.file().end(call) - 1;
      edits.replace(end, end, ", " + name);
    }
    return edits;
  }

  private record Key(String text, String type) {}

  /** What identifies a node: itself when it is a plain value, else its id; empty for others. */
  private static Optional<Key> key(Site site, VariableTree p) {
    TypeName type = TypeName.parse(p.getType().toString());
    String name = p.getName().toString();
    if (type.text() || type.integral() || type.simple().equals("UUID")) {
      return Optional.of(new Key(name, type.boxed().simple()));
    }
    return site.input()
        .declarations()
        .type(type)
        .flatMap(
            d ->
                Stream.of("id", "getId", "code", "getCode", "key", "getKey", "name", "getName")
                    .flatMap(n -> d.method(n, 0).stream())
                    .filter(
                        m ->
                            m.returns().text()
                                || m.returns().integral()
                                || m.returns().simple().equals("UUID"))
                    .findFirst())
        .map(m -> new Key(name + "." + m.name() + "()", m.returns().boxed().simple()));
  }

  private static boolean changes(
      Site site, MethodTree m, VariableTree p, List<MethodInvocationTree> calls) {
    int i = m.getParameters().indexOf(p);
    return calls.stream()
        .allMatch(c -> !site.source(c.getArguments().get(i)).equals(p.getName().toString()));
  }

  private static List<MethodInvocationTree> selfCalls(MethodTree m) {
    List<MethodInvocationTree> found = new ArrayList<>();
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitMethodInvocation(MethodInvocationTree c, Void none) {
        boolean own =
            c.getMethodSelect() instanceof IdentifierTree i && i.getName().equals(m.getName())
                || c.getMethodSelect() instanceof MemberSelectTree s
                    && s.getExpression().toString().equals("this")
                    && s.getIdentifier().equals(m.getName());
        if (own && c.getArguments().size() == m.getParameters().size()) {
          found.add(c);
        }
        return super.visitMethodInvocation(c, none);
      }
    }.scan(m.getBody(), null);
    return found;
  }
}
