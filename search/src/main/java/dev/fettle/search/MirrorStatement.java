package dev.fettle.search;

import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.lang.model.element.Element;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/**
 * Puts the counterpart beside a statement: what is kept in both directions, such as {@code
 * b.previous = a} beside {@code a.next = b}, is often kept in one only.
 */
final class MirrorStatement implements Family {
  /** Names of a statement that are exchanged. */
  private static final int NAMES = 6;

  @Override
  public double least(OperatorPrior prior) {
    return prior.cost("insert.mirrored");
  }

  @Override
  public void propose(Site site, Draft draft) {
    if (!(site.tree() instanceof ExpressionStatementTree s) || !ChangeStatement.inList(site)) {
      return;
    }
    Map<String, TypeMirror> types = types(site, s);
    List<String> names = List.copyOf(types.keySet());
    for (int i = 0; i < Math.min(NAMES, names.size()); i++) {
      for (int j = i + 1; j < Math.min(NAMES, names.size()); j++) {
        TypeMirror a = types.get(names.get(i));
        TypeMirror b = types.get(names.get(j));
        if (a != null && b != null && site.file().types().isSameType(a, b)) {
          String text = exchanged(site.text(), names.get(i), names.get(j));
          draft.insert("insert.mirrored", 0, site.end(), "\n" + text);
          draft.insert("insert.mirrored", 0.2, site.start(), text + "\n");
        }
      }
    }
  }

  /** Variables that a statement names, with their types. */
  private static Map<String, TypeMirror> types(Site site, Tree statement) {
    Map<String, TypeMirror> types = new LinkedHashMap<>();
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitIdentifier(IdentifierTree i, @Nullable Void p) {
        add(i.getName().toString(), i);
        return null;
      }

      @Override
      public @Nullable Void visitMemberSelect(MemberSelectTree m, @Nullable Void p) {
        add(m.getIdentifier().toString(), m);
        return super.visitMemberSelect(m, p);
      }

      private void add(String name, Tree tree) {
        Element element = site.file().elementOf(tree).orElse(null);
        if (element instanceof VariableElement) {
          types.putIfAbsent(name, element.asType());
        }
      }
    }.scan(statement, null);
    return types;
  }

  private static String exchanged(String text, String a, String b) {
    return Pattern.compile("(?<![\\w$\"'])(" + a + "|" + b + ")(?![\\w$\"'(])")
        .matcher(text)
        .replaceAll(m -> m.group(1).equals(a) ? b : a);
  }
}
