package dev.fettle.templates.collections;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import dev.fettle.contract.model.FaultClass;
import dev.fettle.source.java.Edits;
import dev.fettle.source.java.JavaFile;
import dev.fettle.templates.code.Declared;
import dev.fettle.templates.code.Scope;
import dev.fettle.templates.code.TypeName;
import dev.fettle.templates.conventions.Nouns;
import dev.fettle.templates.site.Proposal;
import dev.fettle.templates.site.Proposals;
import dev.fettle.templates.site.RepairTemplate;
import dev.fettle.templates.site.Site;
import dev.fettle.templates.site.TemplateInput;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/** Makes the collection that is changed one that may be: where it is made, kept or changed. */
final class CopyToMutable implements RepairTemplate {
  @Override
  public Set<FaultClass> handles() {
    return Set.of(FaultClass.UNSUPPORTED_OPERATION);
  }

  @Override
  public Stream<Proposal> propose(TemplateInput input) {
    Proposals all = new Proposals();
    input.failed().forEach(site -> Mutation.in(site).forEach(m -> copy(m, input, all)));
    return all.stream();
  }

  private static void copy(Mutation m, TemplateInput input, Proposals all) {
    ExpressionTree target = m.target();
    TypeName type = m.site().typeOf(target);
    if (target instanceof IdentifierTree i) {
      Optional<Scope.Name> name = m.site().scope().name(i.getName().toString());
      name.ifPresent(n -> named(m, n, type, input, all));
    } else if (target instanceof MethodInvocationTree call) {
      getter(m, call, type, input, all);
      producer(m.site(), call, type, input, 0.62, all);
    } else if (target instanceof MemberSelectTree s
        && s.getExpression() instanceof IdentifierTree t
        && t.getName().contentEquals("this")) {
      field(m.site().scope().className(), s.getIdentifier().toString(), type, input, all);
    }
  }

  private static void named(
      Mutation m, Scope.Name n, TypeName type, TemplateInput input, Proposals all) {
    Site site = m.site();
    switch (n.kind()) {
      case LOCAL -> {
        VariableTree v = n.tree();
        if (v == null || v.getInitializer() == null) {
          return;
        }
        ExpressionTree made = v.getInitializer();
        wrap(site.file(), made, type, Mutation.fixed(site.source(made)) ? 0.9 : 0.74, all);
        if (made instanceof MethodInvocationTree call && !Mutation.fixed(site.source(made))) {
          producer(site, call, type, input, 0.6, all);
        }
      }
      case PARAMETER -> reassign(m, n, type, all);
      case FIELD -> field(site.scope().className(), n.name(), type, input, all);
      case LAMBDA -> {}
    }
  }

  /**
   * {@code xs = new ArrayList<>(xs);} before the change: the caller's collection stays as it is.
   */
  private static void reassign(Mutation m, Scope.Name n, TypeName type, Proposals all) {
    Optional<StatementTree> statement = m.site().statement();
    VariableTree v = n.tree();
    if (statement.isEmpty() || v == null || v.getModifiers().getFlags().contains(Modifier.FINAL)) {
      return;
    }
    Edits edits = m.site().edits();
    String copy = edits.type(Mutation.copyOf(type));
    all.add(
        edits.insertBefore(statement.get(), n.name() + " = new " + copy + "<>(" + n.name() + ");"),
        "Changes a copy of " + n.name() + ", not what the caller handed over",
        0.76);
  }

  private static void getter(
      Mutation m, MethodInvocationTree call, TypeName type, TemplateInput input, Proposals all) {
    if (!call.getArguments().isEmpty()) {
      return;
    }
    String owner =
        call.getMethodSelect() instanceof MemberSelectTree s
            ? m.site().typeOf(s.getExpression()).simple()
            : m.site().scope().className();
    String member =
        call.getMethodSelect() instanceof MemberSelectTree s
            ? s.getIdentifier().toString()
            : call.getMethodSelect().toString();
    field(owner, Nouns.property(member), type, input, all);
  }

  /** Where the owner keeps the collection: initializer, constructor, setter. */
  private static void field(
      String owner, String field, TypeName type, TemplateInput input, Proposals all) {
    Optional<Declared> declared = input.declarations().type(owner);
    Optional<JavaFile> file = declared.flatMap(d -> input.file(d.unit().path()));
    if (file.isEmpty() || declared.get().tree().getKind() == Tree.Kind.RECORD) {
      return;
    }
    JavaFile f = file.get();
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitClass(ClassTree c, Void none) {
        if (c.getSimpleName().contentEquals(owner)) {
          for (Tree t : c.getMembers()) {
            if (t instanceof VariableTree v
                && v.getName().contentEquals(field)
                && v.getInitializer() != null
                && Mutation.fixed(f.source(v.getInitializer()))) {
              wrap(f, v.getInitializer(), type, 0.88, all);
            }
          }
        }
        return super.visitClass(c, none);
      }

      @Override
      public Void visitAssignment(AssignmentTree a, Void none) {
        String to = f.source(a.getVariable());
        String value = f.source(a.getExpression());
        if ((to.equals("this." + field) || to.equals(field)) && !value.startsWith("new ")) {
          wrap(f, a.getExpression(), type, Mutation.fixed(value) ? 0.86 : 0.7, all);
        }
        return super.visitAssignment(a, none);
      }
    }.scan(f.unit(), null);
  }

  private static void producer(
      Site site,
      MethodInvocationTree call,
      TypeName type,
      TemplateInput input,
      double score,
      Proposals all) {
    input
        .callee(call, site)
        .ifPresent(
            callee -> {
              if (callee.tree().getBody() == null) {
                return;
              }
              new TreeScanner<Void, Void>() {
                @Override
                public Void visitReturn(ReturnTree r, Void none) {
                  if (r.getExpression() != null
                      && Mutation.fixed(callee.file().source(r.getExpression()))) {
                    wrap(callee.file(), r.getExpression(), type, score, all);
                  }
                  return null;
                }

                @Override
                public Void visitLambdaExpression(
                    com.sun.source.tree.LambdaExpressionTree l, Void none) {
                  return null;
                }
              }.scan(callee.tree().getBody(), null);
            });
  }

  private static void wrap(
      JavaFile file, ExpressionTree made, TypeName type, double score, Proposals all) {
    String source = file.source(made);
    if (source.startsWith("new ") || made.getKind() == Tree.Kind.NULL_LITERAL) {
      return;
    }
    Edits edits = Edits.in(file);
    String copy = edits.type(Mutation.copyOf(type));
    boolean empty = source.matches("(List|Set|Map)\\.of\\(\\)|Collections\\.empty\\w+\\(\\)");
    all.add(
        edits.replace(made, "new " + copy + "<>(" + (empty ? "" : source) + ")"),
        "Keeps a collection that may be changed instead of " + shortened(source),
        score);
  }

  private static String shortened(String source) {
    String line = source.replaceAll("\\s+", " ");
    return line.length() > 40 ? line.substring(0, 40) + "..." : line;
  }
}
