package dev.fettle.source.snippet;

import com.sun.source.tree.StatementTree;
import com.sun.source.tree.VariableTree;
import dev.fettle.contract.model.SourcePlace;
import dev.fettle.source.java.Focus;
import dev.fettle.source.java.JavaFile;
import dev.fettle.source.java.JavaProject;
import dev.fettle.source.java.MethodNode;
import dev.fettle.source.java.VisibleVariable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;

/**
 * The statement of a running program that failed, with what a snippet in its place may use.
 *
 * @param statement its text
 * @param method text of the method around it
 * @param variables in scope at the statement, and those that it declares
 * @param returns type of the method's result as source; {@code void} for none
 * @param host the class that the method belongs to
 */
public record FailingStatement(
    SourcePlace place,
    String statement,
    String method,
    List<SnippetClass.Variable> variables,
    String returns,
    SnippetClass.Host host) {
  public FailingStatement {
    variables = List.copyOf(variables);
  }

  /**
   * Finds it.
   *
   * @param className binary name
   * @param descriptor decides between overloads; empty when unknown
   * @param line of the failing instruction
   * @param nameable whether a snippet may name the class of that binary name; others are {@code
   *     Object} to it
   * @return empty when the source does not have the method, or the line holds no statement or
   *     several
   */
  public static Optional<FailingStatement> of(
      JavaProject project,
      String className,
      String method,
      String descriptor,
      int line,
      Predicate<String> nameable) {
    Optional<String> path = project.index().declaring(className);
    Optional<JavaFile> file = path.flatMap(p -> project.file(p, Focus.everything()));
    if (file.isEmpty()) {
      return Optional.empty();
    }
    Optional<MethodNode> around = file.get().method(className, method, descriptor, line);
    List<StatementTree> here = around.map(m -> file.get().statementsAt(m, line)).orElse(List.of());
    return here.size() == 1
        ? Optional.of(at(file.get(), around.get(), here.get(0), nameable))
        : Optional.empty();
  }

  private static FailingStatement at(
      JavaFile file, MethodNode method, StatementTree statement, Predicate<String> nameable) {
    TypeWords words = new TypeWords(file, nameable);
    Map<String, SnippetClass.Variable> variables = new LinkedHashMap<>();
    for (VisibleVariable each : file.visibleVariables(file.path(statement))) {
      if (each.kind() != VisibleVariable.Kind.FIELD) {
        variables.put(each.name(), variable(file, each.name(), each.type(), words));
      }
    }
    if (statement instanceof VariableTree declared) {
      String name = declared.getName().toString();
      file.elementOf(declared)
          .ifPresent(e -> variables.put(name, variable(file, name, e.asType(), words)));
    }
    return new FailingStatement(
        file.place(statement),
        file.source(statement),
        file.source(method.tree()),
        new ArrayList<>(variables.values()),
        file.returnType(method).map(words::of).orElse("java.lang.Object"),
        host(file, method));
  }

  private static SnippetClass.Variable variable(
      JavaFile file, String name, TypeMirror type, TypeWords words) {
    return new SnippetClass.Variable(name, file.descriptor(type), words.of(type));
  }

  /** Members that code of the class names without a qualifier. */
  private static SnippetClass.Host host(JavaFile file, MethodNode method) {
    Map<String, Boolean> fields = new LinkedHashMap<>();
    Map<String, Boolean> methods = new LinkedHashMap<>();
    TypeElement type = file.elements().getTypeElement(method.className().replace('$', '.'));
    if (type != null) {
      for (Element member : file.elements().getAllMembers(type)) {
        boolean isStatic = member.getModifiers().contains(Modifier.STATIC);
        String name = member.getSimpleName().toString();
        if (member.getKind() == ElementKind.FIELD) {
          fields.putIfAbsent(name, isStatic);
        } else if (member.getKind() == ElementKind.METHOD) {
          methods.putIfAbsent(name, isStatic);
        }
      }
    }
    boolean isStatic =
        file.elementOf(method.tree())
            .map(e -> e.getModifiers().contains(Modifier.STATIC))
            .orElse(true);
    return new SnippetClass.Host(
        method.className(), type == null ? "" : type.toString(), !isStatic, fields, methods);
  }
}
