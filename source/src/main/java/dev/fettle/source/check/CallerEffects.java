package dev.fettle.source.check;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import dev.fettle.contract.model.Patch;
import dev.fettle.contract.spi.SourceTree;
import dev.fettle.source.java.JavaFile;
import dev.fettle.source.java.JavaProject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a patch changes for callers of the methods that it changes, in words: declarations, results
 * and exceptions that the text of a method names. Read from syntax alone: what follows from other
 * values inside is not said.
 */
public final class CallerEffects {
  private static final int SHOWN = 3;
  private static final int LONGEST = 60;

  private CallerEffects() {}

  /** What a method says that its callers see. */
  private record Seen(
      String declaration, String body, Set<String> results, Set<String> exceptions) {}

  /** One sentence for each changed method, at most {@value #SHOWN}. */
  public static List<String> of(JavaProject project, SourceTree tree, Patch patch) {
    List<String> effects = new ArrayList<>();
    for (String path : patch.paths()) {
      String text = tree.text(path).orElse("");
      Optional<JavaFile> old = project.parsed(path, text);
      Optional<JavaFile> now = project.parsed(path, patch.apply(path, text));
      if (old.isPresent() && now.isPresent()) {
        effects.addAll(between(old.get(), now.get()));
      }
    }
    return effects.stream().limit(SHOWN).toList();
  }

  static List<String> between(JavaFile before, JavaFile after) {
    Map<String, Seen> old = seen(before);
    List<String> effects = new ArrayList<>();
    seen(after)
        .forEach(
            (name, now) -> {
              Seen was = old.get(name);
              if (was != null && !was.equals(now)) {
                effects.add(effect(name, was, now));
              }
            });
    return effects;
  }

  private static String effect(String name, Seen was, Seen now) {
    StringBuilder effect = new StringBuilder("callers of " + name + " see ");
    effect.append(
        was.declaration().equals(now.declaration())
            ? "the same declaration"
            : "another declaration");
    Set<String> thrown = new LinkedHashSet<>(now.exceptions());
    thrown.removeAll(was.exceptions());
    Set<String> spared = new LinkedHashSet<>(was.exceptions());
    spared.removeAll(now.exceptions());
    Set<String> results = new LinkedHashSet<>(now.results());
    results.removeAll(was.results());
    listed(effect, "; it may also throw ", thrown);
    listed(effect, "; it no longer throws ", spared);
    listed(effect, "; it may also return ", results);
    if (thrown.isEmpty() && spared.isEmpty() && results.isEmpty()) {
      effect.append("; no other exception or result is named, values inside are others");
    }
    return effect.toString();
  }

  private static void listed(StringBuilder to, String words, Set<String> names) {
    if (!names.isEmpty()) {
      to.append(words).append(String.join(", ", names.stream().limit(SHOWN).toList()));
    }
  }

  private static Map<String, Seen> seen(JavaFile file) {
    Map<String, Seen> methods = new LinkedHashMap<>();
    Deque<String> around = new ArrayDeque<>();
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitClass(ClassTree type, @Nullable Void p) {
        around.addLast(type.getSimpleName().toString());
        super.visitClass(type, p);
        around.removeLast();
        return null;
      }

      @Override
      public @Nullable Void visitMethod(MethodTree method, @Nullable Void p) {
        List<String> parameters = new ArrayList<>();
        for (VariableTree parameter : method.getParameters()) {
          parameters.add(String.valueOf(parameter.getType()));
        }
        String called =
            method.getName().contentEquals("<init>") ? "new" : method.getName().toString();
        String name =
            String.join(".", around) + "." + called + "(" + String.join(", ", parameters) + ")";
        methods.put(name, seen(file, method));
        return super.visitMethod(method, p);
      }
    }.scan(file.unit(), null);
    return methods;
  }

  private static Seen seen(JavaFile file, MethodTree method) {
    Set<String> results = new LinkedHashSet<>();
    Set<String> exceptions = new LinkedHashSet<>();
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitReturn(ReturnTree tree, @Nullable Void p) {
        if (tree.getExpression() != null) {
          results.add("`" + cut(file.source(tree.getExpression())) + "`");
        }
        return super.visitReturn(tree, p);
      }

      @Override
      public @Nullable Void visitThrow(ThrowTree tree, @Nullable Void p) {
        if (tree.getExpression() instanceof NewClassTree made) {
          exceptions.add(made.getIdentifier().toString());
        }
        return super.visitThrow(tree, p);
      }

      @Override
      public @Nullable Void visitLambdaExpression(LambdaExpressionTree tree, @Nullable Void p) {
        return null;
      }

      @Override
      public @Nullable Void visitClass(ClassTree tree, @Nullable Void p) {
        return null;
      }
    }.scan(method.getBody(), null);
    return new Seen(
        method.getModifiers() + " " + method.getReturnType() + " " + method.getThrows(),
        method.getBody() == null ? "" : file.source(method.getBody()),
        results,
        exceptions);
  }

  private static String cut(String text) {
    String line = text.replaceAll("\\s+", " ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
  }
}
