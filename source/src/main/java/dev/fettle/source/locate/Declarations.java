package dev.fettle.source.locate;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import dev.fettle.contract.model.CapturedValue;
import dev.fettle.source.java.JavaFile;
import dev.fettle.source.java.MethodNode;
import dev.fettle.source.java.SourceIndex;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import org.jspecify.annotations.Nullable;

/**
 * Finds the sources of called methods and of fields, by type where there are types, else by name.
 */
final class Declarations {
  private static final int IMPLEMENTATIONS = 3;

  private final Scene scene;
  private final SourceIndex index;

  Declarations(Scene scene) {
    this.scene = scene;
    this.index = scene.project().index();
  }

  /** A method of the repository, in a file with all bodies but perhaps without types. */
  record Source(JavaFile file, MethodNode method) {}

  /** The methods that a call may enter; empty when it leaves the repository. */
  List<Source> called(JavaFile file, MethodInvocationTree call, @Nullable Values values) {
    String name = FailingExpressions.nameOf(call);
    int arity = call.getArguments().size();
    ExpressionTree receiver = FailingExpressions.receiverOf(call);
    Set<String> owners = new LinkedHashSet<>();
    if (values != null && receiver != null) {
      values.of(receiver).map(CapturedValue::type).ifPresent(owners::add);
    }
    ownerOf(file, call).forEach(owners::add);
    for (String owner : owners) {
      List<Source> found = methods(owner, name, arity);
      if (found.stream().anyMatch(s -> s.method().body() != null)) {
        return found;
      }
      List<Source> implementations = implementations(owner, name, arity);
      if (!implementations.isEmpty()) {
        return implementations;
      }
    }
    return List.of();
  }

  /** Binary names of the classes that a call's method may belong to. */
  List<String> ownerOf(JavaFile file, MethodInvocationTree call) {
    Optional<Element> element = file.elementOf(call);
    if (element.isPresent()
        && element.get() instanceof ExecutableElement e
        && e.getEnclosingElement() instanceof TypeElement type) {
      ExpressionTree receiver = FailingExpressions.receiverOf(call);
      List<String> owners = new ArrayList<>();
      if (receiver != null) {
        file.typeOf(receiver)
            .filter(DeclaredType.class::isInstance)
            .map(t -> file.binaryName((TypeElement) ((DeclaredType) t).asElement()))
            .ifPresent(owners::add);
      }
      owners.add(file.binaryName(type));
      return owners;
    }
    ExpressionTree receiver = FailingExpressions.receiverOf(call);
    if (receiver == null || receiver.toString().equals("this")) {
      return index.types(file.path());
    }
    String text = receiver.toString();
    if (Character.isUpperCase(FailingExpressions.simple(text).charAt(0))) {
      return index.named(FailingExpressions.simple(text));
    }
    return declaredType(file, FailingExpressions.simple(text))
        .map(t -> index.named(FailingExpressions.simple(t)))
        .orElse(List.of());
  }

  /** The written type of any variable of that name in a file. */
  private static Optional<String> declaredType(JavaFile file, String variable) {
    List<String> found = new ArrayList<>();
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitVariable(VariableTree v, @Nullable Void p) {
        if (v.getName().contentEquals(variable) && v.getType() != null) {
          found.add(v.getType().toString().replaceAll("<.*>", ""));
        }
        return super.visitVariable(v, p);
      }
    }.scan(file.unit(), null);
    return found.stream().findFirst();
  }

  /** Methods declared in a class of the repository. */
  List<Source> methods(String owner, String name, int arity) {
    return index
        .declaring(owner)
        .filter(p -> !index.isTest(p))
        .flatMap(scene::untyped)
        .map(
            f ->
                f.methods().stream()
                    .filter(m -> m.name().equals(name) && m.tree() instanceof MethodTree)
                    .filter(m -> ((MethodTree) m.tree()).getParameters().size() == arity)
                    .filter(
                        m -> m.className().equals(owner) || owner.startsWith(m.className() + "$$"))
                    .map(m -> new Source(f, m))
                    .toList())
        .orElse(List.of());
  }

  private List<Source> implementations(String owner, String name, int arity) {
    if (index.declaring(owner).isEmpty()) {
      return List.of();
    }
    String simple = FailingExpressions.simple(owner);
    List<Source> found = new ArrayList<>();
    for (String path : index.mentioning(simple)) {
      if (found.size() >= IMPLEMENTATIONS) {
        break;
      }
      String text = index.text(path).orElse("");
      if (!text.contains("implements") && !text.contains("extends")) {
        continue;
      }
      scene
          .untyped(path)
          .ifPresent(
              f ->
                  f.methods().stream()
                      .filter(m -> m.name().equals(name) && m.body() != null)
                      .filter(
                          m ->
                              m.tree() instanceof MethodTree t && t.getParameters().size() == arity)
                      .filter(m -> inherits(m, simple))
                      .forEach(m -> found.add(new Source(f, m))));
    }
    return found;
  }

  private static boolean inherits(MethodNode m, String simple) {
    if (m.path().getParentPath().getLeaf() instanceof ClassTree c) {
      List<Tree> supers = new ArrayList<>(c.getImplementsClause());
      if (c.getExtendsClause() != null) {
        supers.add(c.getExtendsClause());
      }
      return supers.stream()
          .map(t -> t.toString().replaceAll("<.*>", ""))
          .anyMatch(t -> FailingExpressions.simple(t).equals(simple));
    }
    return false;
  }

  /** A field's declaration in a class of the repository. */
  Optional<Found> field(String owner, String name) {
    return index
        .declaring(owner)
        .flatMap(scene::untyped)
        .flatMap(
            f -> {
              List<VariableTree> found = new ArrayList<>();
              new TreeScanner<@Nullable Void, @Nullable Void>() {
                @Override
                public @Nullable Void visitClass(ClassTree c, @Nullable Void p) {
                  for (Tree t : c.getMembers()) {
                    if (t instanceof VariableTree v && v.getName().contentEquals(name)) {
                      found.add(v);
                    }
                  }
                  return super.visitClass(c, p);
                }
              }.scan(f.unit(), null);
              return found.stream().findFirst().map(v -> new Found(f, v));
            });
  }

  /** A field and its file. */
  record Found(JavaFile file, VariableTree field) {}

  /** Constructor calls of a class anywhere in main sources, at most 12. */
  List<Construction> constructions(String owner, int arity) {
    String simple = FailingExpressions.simple(owner);
    List<Construction> found = new ArrayList<>();
    for (String path : index.mentioning(simple)) {
      if (found.size() >= 12 || !index.text(path).orElse("").contains("new " + simple)) {
        continue;
      }
      scene
          .untyped(path)
          .ifPresent(
              f ->
                  new TreeScanner<@Nullable Void, @Nullable Void>() {
                    @Override
                    public @Nullable Void visitNewClass(NewClassTree n, @Nullable Void p) {
                      String type = n.getIdentifier().toString().replaceAll("<.*>", "");
                      if (FailingExpressions.simple(type).equals(simple)
                          && n.getArguments().size() == arity) {
                        found.add(new Construction(f, n));
                      }
                      return super.visitNewClass(n, p);
                    }
                  }.scan(f.unit(), null));
    }
    return found;
  }

  /** A {@code new} and its file. */
  record Construction(JavaFile file, NewClassTree tree) {}

  /** The simple name when an expression names a field or variable of this object or method. */
  static Optional<String> ownName(ExpressionTree e) {
    ExpressionTree bare = Evaluated.bare(e);
    if (bare instanceof IdentifierTree i) {
      return Optional.of(i.getName().toString());
    }
    return bare instanceof com.sun.source.tree.MemberSelectTree m
            && m.getExpression().toString().equals("this")
        ? Optional.of(m.getIdentifier().toString())
        : Optional.empty();
  }
}
