package dev.fettle.templates.resources;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import dev.fettle.contract.model.FaultClass;
import dev.fettle.contract.model.Suspect;
import dev.fettle.source.java.Edits;
import dev.fettle.source.java.JavaFile;
import dev.fettle.templates.site.Proposal;
import dev.fettle.templates.site.Proposals;
import dev.fettle.templates.site.RepairTemplate;
import dev.fettle.templates.site.Site;
import dev.fettle.templates.site.TemplateInput;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Closes what a method opens, however it is left: try-with-resources. */
final class CloseLeakedResource implements RepairTemplate {
  private static final Pattern RESOURCE =
      Pattern.compile(
          "Connection|(Prepared|Callable)?Statement|ResultSet|\\w*(InputStream|OutputStream|Reader|Writer|Channel|Socket|Scanner|Session|EntityManager)|JarFile|ZipFile");

  @Override
  public Set<FaultClass> handles() {
    return Set.of(FaultClass.RESOURCE_LEAK, FaultClass.ILLEGAL_STATE, FaultClass.OTHER);
  }

  @Override
  public Stream<Proposal> propose(TemplateInput input) {
    Proposals all = new Proposals();
    List<Site> sites = new ArrayList<>(input.suspects(Suspect.Role.LEAK));
    if (sites.isEmpty() && input.fault() == FaultClass.RESOURCE_LEAK) {
      sites.addAll(input.failed());
    }
    Set<MethodTree> seen = new LinkedHashSet<>();
    for (Site site : sites) {
      site.method().filter(seen::add).ifPresent(m -> close(site.file(), m, all));
    }
    return all.stream();
  }

  private static void close(JavaFile file, MethodTree method, Proposals all) {
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitBlock(BlockTree b, Void none) {
        List<? extends StatementTree> statements = b.getStatements();
        for (int i = 0; i < statements.size() - 1; i++) {
          if (statements.get(i) instanceof VariableTree v && leaks(v, b, file)) {
            wrap(file, statements, i, b, all);
            return null;
          }
        }
        return super.visitBlock(b, none);
      }
    }.scan(method.getBody(), null);
  }

  private static boolean leaks(VariableTree v, BlockTree block, JavaFile file) {
    if (v.getInitializer() == null || v.getInitializer().getKind() == Tree.Kind.NULL_LITERAL) {
      return false;
    }
    String type =
        v.getType() == null || file.source(v.getType()).equals("var")
            ? file.typeOf(v.getInitializer()).map(Object::toString).orElse("")
            : file.source(v.getType());
    String simple = type.replaceAll("<.*>", "").replaceAll(".*\\.", "");
    return RESOURCE.matcher(simple).matches()
        && !escapes(v, block, file)
        && !closedFinally(v, block, file);
  }

  /** Whether it is handed out, and so belongs to someone else. */
  private static boolean escapes(VariableTree v, BlockTree block, JavaFile file) {
    boolean[] escaped = {false};
    String name = v.getName().toString();
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitReturn(ReturnTree r, Void none) {
        escaped[0] |=
            r.getExpression() instanceof IdentifierTree i && i.getName().contentEquals(name);
        return super.visitReturn(r, none);
      }

      @Override
      public Void visitAssignment(com.sun.source.tree.AssignmentTree a, Void none) {
        escaped[0] |=
            file.source(a.getExpression()).equals(name)
                || file.source(a.getVariable()).equals(name);
        return super.visitAssignment(a, none);
      }
    }.scan(block, null);
    return escaped[0];
  }

  private static boolean closedFinally(VariableTree v, BlockTree block, JavaFile file) {
    String close = v.getName() + ".close()";
    return block.getStatements().stream()
        .anyMatch(
            s ->
                s instanceof TryTree t
                    && t.getFinallyBlock() != null
                    && file.source(t.getFinallyBlock()).contains(close));
  }

  private static void wrap(
      JavaFile file,
      List<? extends StatementTree> statements,
      int first,
      BlockTree block,
      Proposals all) {
    List<VariableTree> resources = new ArrayList<>();
    int next = first;
    while (next < statements.size() - 1
        && statements.get(next) instanceof VariableTree v
        && leaks(v, block, file)) {
      resources.add(v);
      next++;
    }
    StringBuilder header = new StringBuilder("try (");
    String indent = file.indentation(file.start(statements.get(first)));
    Edits edits = Edits.in(file);
    String step = edits.step();
    for (VariableTree v : resources) {
      String text =
          file.source(v).replace("\r\n", "\n").replaceFirst(";$", "").replaceFirst("^final ", "");
      header.append(header.length() > 5 ? ";\n" + indent + step + step : "").append(text);
    }
    header.append(") {");
    List<StatementTree> body = new ArrayList<>(statements.subList(next, statements.size()));
    body.removeIf(s -> closes(s, resources, file));
    if (body.isEmpty()) {
      return;
    }
    String inner =
        lines(
            file,
            statements.get(next),
            statements.get(statements.size() - 1),
            resources,
            statements,
            next);
    String text =
        header
            + "\n"
            + indent
            + step
            + inner.replaceAll("\n(?=[^\n])", "\n" + step)
            + "\n"
            + indent
            + "}";
    edits.replace(
        file.start(statements.get(first)), file.end(statements.get(statements.size() - 1)), text);
    all.add(edits, resources.get(0).getName() + " is closed however the method is left", 0.93);
  }

  /** The statements between, comments kept, without the explicit close calls. */
  private static String lines(
      JavaFile file,
      StatementTree from,
      StatementTree to,
      List<VariableTree> resources,
      List<? extends StatementTree> statements,
      int next) {
    StringBuilder text = new StringBuilder();
    int at = file.start(from);
    for (StatementTree s : statements.subList(next, statements.size())) {
      if (closes(s, resources, file)) {
        String before = file.text().substring(at, file.start(s));
        text.append(before.stripTrailing());
        at = file.end(s);
      }
    }
    return text.append(file.text(), at, Math.max(at, file.end(to)))
        .toString()
        .replace("\r\n", "\n")
        .strip();
  }

  private static boolean closes(StatementTree s, List<VariableTree> resources, JavaFile file) {
    @Nullable String call =
        s instanceof ExpressionStatementTree x ? file.source(x.getExpression()) : null;
    return call != null && resources.stream().anyMatch(v -> call.equals(v.getName() + ".close()"));
  }
}
