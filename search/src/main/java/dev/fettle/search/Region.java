package dev.fettle.search;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import dev.fettle.source.java.JavaFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Modifier;
import javax.lang.model.type.TypeMirror;

/**
 * A stretch of a file whose code can stand there many times, once for each candidate.
 *
 * @param start of the whole declaration
 * @param codeStart where edits may begin
 * @param codeEnd where they end
 * @param prefix modifiers and type parameters of a private method beside it; empty but for methods
 * @param head text of a clone before and after its number; empty but for methods
 * @param call text of a call of a clone before and after its number; empty but for methods
 */
record Region(
    Kind kind,
    int start,
    int end,
    int codeStart,
    int codeEnd,
    String prefix,
    List<String> head,
    List<String> call) {

  enum Kind {
    /** Copied under a name of its own; what is left in its place chooses. */
    METHOD,
    /** Statements that stand in an if for each candidate. */
    STATEMENTS,
    /** The same in a static initializer. */
    CLASS_STATEMENTS,
    /** An expression in a chain of conditional expressions. */
    INITIALIZER,
    /** The same for a static field. */
    CLASS_INITIALIZER
  }

  /** Whether it runs once in a class loader, for whichever candidate comes first. */
  boolean initializesClass() {
    return kind == Kind.CLASS_STATEMENTS || kind == Kind.CLASS_INITIALIZER;
  }

  boolean holds(Edit edit) {
    return codeStart <= edit.start() && edit.end() <= codeEnd;
  }

  /** The regions of a file in order, none within another. */
  static List<Region> of(JavaFile file) {
    List<Region> regions = new ArrayList<>();
    for (Tree type : file.unit().getTypeDecls()) {
      if (type instanceof ClassTree c) {
        collect(file, c, regions);
      }
    }
    return regions;
  }

  private static void collect(JavaFile file, ClassTree type, List<Region> regions) {
    for (Tree member : type.getMembers()) {
      if (!file.written(member)) {
        continue;
      }
      if (member instanceof ClassTree c) {
        collect(file, c, regions);
      } else if (member instanceof MethodTree m && m.getBody() != null) {
        if (m.getReturnType() == null) {
          constructor(file, m, regions);
        } else {
          method(file, m, regions);
        }
      } else if (member instanceof BlockTree b) {
        int start = file.start(b);
        int open = file.text().indexOf('{', start);
        regions.add(
            new Region(
                b.isStatic() ? Kind.CLASS_STATEMENTS : Kind.STATEMENTS,
                start,
                file.end(b),
                open + 1,
                file.end(b) - 1,
                "",
                List.of(),
                List.of()));
      } else if (member instanceof VariableTree v && v.getInitializer() != null) {
        field(file, v, regions);
      }
    }
  }

  private static void method(JavaFile file, MethodTree m, List<Region> regions) {
    int bodyStart = file.start(m.getBody());
    String text = file.text();
    String name = m.getName().toString();
    int nameAt = text.indexOf(name, file.end(m.getReturnType()));
    int open = text.indexOf('(', nameAt);
    if (nameAt < 0 || open < 0 || open > bodyStart) {
      return;
    }
    boolean isStatic = m.getModifiers().getFlags().contains(Modifier.STATIC);
    StringBuilder head = new StringBuilder(isStatic ? "private static " : "private ");
    if (m.getModifiers().getFlags().contains(Modifier.STRICTFP)) {
      head.append("strictfp ");
    }
    if (!m.getTypeParameters().isEmpty()) {
      int last = m.getTypeParameters().size() - 1;
      head.append('<')
          .append(
              text,
              file.start(m.getTypeParameters().get(0)),
              file.end(m.getTypeParameters().get(last)))
          .append("> ");
    }
    String prefix = head.toString();
    head.append(file.source(m.getReturnType())).append(' ').append(name).append('$');
    StringBuilder arguments = new StringBuilder("(");
    for (VariableTree p : m.getParameters()) {
      arguments.append(arguments.length() > 1 ? ", " : "").append(p.getName());
    }
    boolean isVoid = file.source(m.getReturnType()).equals("void");
    regions.add(
        new Region(
            Kind.METHOD,
            file.start(m),
            file.end(m),
            bodyStart,
            file.end(m.getBody()),
            prefix,
            List.of(head.toString(), text.substring(open, bodyStart)),
            List.of(
                (isVoid ? "" : "return ") + name + "$",
                arguments + (isVoid ? "); return;" : ");"))));
  }

  private static void constructor(JavaFile file, MethodTree m, List<Region> regions) {
    int from = file.start(m.getBody()) + 1;
    for (StatementTree s : m.getBody().getStatements()) {
      if (s instanceof ExpressionStatementTree e
          && e.getExpression() instanceof MethodInvocationTree call
          && call.getMethodSelect().toString().matches("(.*\\.)?(this|super)")
          && file.written(s)) {
        from = file.end(s);
      }
    }
    if (file.start(m.getBody()) > file.start(m)) {
      regions.add(
          new Region(
              Kind.STATEMENTS,
              file.start(m),
              file.end(m),
              from,
              file.end(m.getBody()) - 1,
              "",
              List.of(),
              List.of()));
    }
  }

  private static void field(JavaFile file, VariableTree v, List<Region> regions) {
    var flags = v.getModifiers().getFlags();
    TypeMirror type = file.elementOf(v).map(e -> e.asType()).orElse(null);
    boolean constant =
        type == null
            || (flags.contains(Modifier.FINAL)
                && (type.getKind().isPrimitive() || type.toString().equals("java.lang.String")));
    boolean bare = v.getInitializer() instanceof NewArrayTree a && file.source(a).startsWith("{");
    if (!constant && !bare && file.start(v.getInitializer()) > 0) {
      regions.add(
          new Region(
              ofClass(file, v, flags) ? Kind.CLASS_INITIALIZER : Kind.INITIALIZER,
              file.start(v),
              file.end(v),
              file.start(v.getInitializer()),
              file.end(v.getInitializer()),
              "",
              List.of(),
              List.of()));
    }
  }

  /** Fields of interfaces are static without saying so. */
  private static boolean ofClass(JavaFile file, VariableTree v, Set<Modifier> flags) {
    return flags.contains(Modifier.STATIC)
        || file.elementOf(v).map(e -> e.getModifiers().contains(Modifier.STATIC)).orElse(false);
  }
}
